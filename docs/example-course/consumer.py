#!/usr/bin/env python3
"""Prints the records of a Kafka topic, from the earliest on, until it is stopped with Ctrl-C."""

import argparse

from confluent_kafka import Consumer

from config import read_config


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-f", "--config", required=True, help="properties file of the cluster")
    parser.add_argument("-t", "--topic", required=True, help="topic to read")
    parser.add_argument("-g", "--group", required=True, help="consumer group to join")
    args = parser.parse_args()

    config = read_config(args.config)
    config["group.id"] = args.group
    config["auto.offset.reset"] = "earliest"
    consumer = Consumer(config)
    consumer.subscribe([args.topic])
    try:
        while True:
            message = consumer.poll(1.0)
            if message is not None and not message.error():
                # TODO: print the record, not only where it is.
                print(f"a record at partition {message.partition()}, offset {message.offset()}", flush=True)
    except KeyboardInterrupt:
        pass
    finally:
        consumer.close()


if __name__ == "__main__":
    main()
