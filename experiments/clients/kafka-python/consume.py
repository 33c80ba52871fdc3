"""Receives records as a plan says."""

import os
import signal
import time

from kafka import ConsumerRebalanceListener, KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from output import show, show_error, since_start


def listed(partitions):
    return [[partition.topic, partition.partition] for partition in sorted(partitions)]


def text(data):
    return None if data is None else data.decode()


class Rebalances(ConsumerRebalanceListener):
    def on_partitions_assigned(self, assigned):
        show(assigned=listed(assigned), ms=since_start())

    def on_partitions_revoked(self, revoked):
        show(revoked=listed(revoked), ms=since_start())


class Receiving:
    def __init__(self, plan, settings):
        self.plan = plan
        self.commit_when = plan.get("commit", "none")
        self.received = 0
        if "group" in plan:
            settings["group_id"] = plan["group"]
        self.consumer = KafkaConsumer(**settings)

    def start(self):
        if "partitions" in self.plan:
            topic = self.plan["topics"][0]
            self.consumer.assign([TopicPartition(topic, number) for number in self.plan["partitions"]])
            return
        self.consumer.subscribe(self.plan["topics"], listener=Rebalances())

    def receive_all(self):
        for message in self.consumer:
            self.receive(message)
            if self.received == self.plan.get("count"):
                return

    def receive(self, message):
        headers = {name: text(value) for name, value in message.headers}
        show(received=text(message.value), topic=message.topic, partition=message.partition, offset=message.offset,
             key=text(message.key), timestamp=message.timestamp, headers=headers, ms=since_start())
        self.received += 1
        if self.commit_when == "each":
            self.commit()
        if self.received == self.plan.get("stall_after"):
            time.sleep(self.plan["stall_ms"] / 1000)

    def commit(self):
        try:
            self.consumer.commit()
            show(committed=True, ms=since_start())
        except KafkaError as error:  # such as a member that was removed: it goes on and joins again
            show_error(error)


def consume(plan, settings):
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    receiving = Receiving(plan, settings)
    receiving.start()
    try:
        receiving.receive_all()
    except KeyboardInterrupt:
        pass  # told to stop
    if plan.get("end") == "exit":
        os._exit(0)
    if receiving.commit_when == "end":
        receiving.commit()
    receiving.consumer.close()
