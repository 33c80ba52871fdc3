"""Receives records as a plan says."""

import os
import signal
import time

from confluent_kafka import Consumer, KafkaException, TopicPartition

from output import show, show_error, since_start


def listed(partitions):
    return [[partition.topic, partition.partition] for partition in partitions]


def text(data):
    return None if data is None else data.decode()


class Receiving:
    def __init__(self, plan, settings):
        self.plan = plan
        self.commit_when = plan.get("commit", "none")
        self.received = 0
        if "group" in plan:
            settings["group.id"] = plan["group"]
        self.consumer = Consumer(settings)

    def start(self):
        if "partitions" in self.plan:
            topic = self.plan["topics"][0]
            self.consumer.assign([TopicPartition(topic, number) for number in self.plan["partitions"]])
            return
        self.consumer.subscribe(
            self.plan["topics"],
            on_assign=lambda _, partitions: show(assigned=listed(partitions), ms=since_start()),
            on_revoke=lambda _, partitions: show(revoked=listed(partitions), ms=since_start()),
        )

    def receive_all(self):
        while self.received != self.plan.get("count"):
            message = self.consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                show(error=f"{message.error().name()}: {message.error().str()}", ms=since_start())
                continue
            self.receive(message)

    def receive(self, message):
        headers = {name: text(value) for name, value in message.headers() or []}
        show(received=text(message.value()), topic=message.topic(), partition=message.partition(),
             offset=message.offset(), key=text(message.key()), timestamp=message.timestamp()[1], headers=headers,
             ms=since_start())
        self.received += 1
        if self.commit_when == "each":
            self.commit(message=message)
        if self.received == self.plan.get("stall_after"):
            time.sleep(self.plan["stall_ms"] / 1000)

    def commit(self, **what):
        try:
            self.consumer.commit(asynchronous=False, **what)
            show(committed=True, ms=since_start())
        except KafkaException as error:  # such as a member that was removed: it goes on and joins again
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
