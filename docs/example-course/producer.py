#!/usr/bin/env python3
"""Sends the records of a JSON file to a Kafka topic, one record a message."""

import argparse
import json

from confluent_kafka import Producer

from config import read_config


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-f", "--config", required=True, help="properties file of the cluster")
    parser.add_argument("-t", "--topic", required=True, help="topic to send to")
    parser.add_argument("-d", "--data", default="bcsample.json", help="JSON array of records")
    args = parser.parse_args()

    with open(args.data, encoding="utf-8") as file:
        records = json.load(file)

    producer = Producer(read_config(args.config))
    # TODO: send every record, not only the first one.
    producer.produce(args.topic, value=json.dumps(records[0]))
    producer.flush()


if __name__ == "__main__":
    main()
