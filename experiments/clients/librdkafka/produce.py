"""Sends the records of a plan."""

import signal
import time

from confluent_kafka import Producer

from output import show, since, text


class Sending:
    def __init__(self, plan, settings):
        self.plan = plan
        self.flush_when = plan.get("flush", "end")
        self.transaction = plan.get("transaction")
        self.producer = Producer(settings)
        self.stopped = False

    def send_all(self):
        records = self.plan["records"] * self.plan.get("repeat", 1)
        if self.transaction:
            self.producer.init_transactions()
        for number, record in enumerate(records):
            if self.stopped:
                break
            if self.transaction and number % self.transaction["size"] == 0:
                self.producer.begin_transaction()
            self.send(record)
            if self.flush_when == "each":
                self.flush()
            if self.transaction and ((number + 1) % self.transaction["size"] == 0 or number + 1 == len(records)):
                self.end_transaction(number // self.transaction["size"])
            self.serve(self.plan.get("pause_ms", 0) / 1000)
        if self.flush_when == "end" and not self.transaction:
            self.flush()

    def send(self, record):
        value = record["value"]
        optional = {name: record[name] for name in ("partition", "timestamp", "headers") if name in record}
        began = time.perf_counter()

        def delivered(error, message):
            if error:
                show(failed=value, error=f"{error.name()}: {error.str()}", ms=since(began))
            else:
                offset = -1 if message.offset() is None else message.offset()
                show(acked=value, partition=message.partition(), offset=offset, ms=since(began))

        try:
            self.producer.produce(self.plan["topic"], value, record.get("key"), on_delivery=delivered, **optional)
            show(sent=value, ms=since(began))
        except Exception as error:
            show(failed=value, error=text(error), ms=since(began))

    def serve(self, seconds):
        """Lets librdkafka tell what was delivered, for so long, at least once."""
        until = time.perf_counter() + seconds
        self.producer.poll(seconds)
        while (left := until - time.perf_counter()) > 0:
            self.producer.poll(left)

    def flush(self):
        began = time.perf_counter()
        self.producer.flush()
        show(flushed=True, ms=since(began))

    def end_transaction(self, number):
        if self.flush_when == "end":
            self.flush()  # the records leave now: an abort drops those that have not left
        endings = self.transaction["endings"]
        if endings[number % len(endings)] == "commit":
            self.producer.commit_transaction()
        else:
            self.producer.abort_transaction()

    def stay(self):
        while not self.stopped:
            self.serve(0.1)

    def stop(self, *_):
        self.stopped = True


def produce(plan, settings):
    sending = Sending(plan, settings)
    if plan.get("end") == "stay":
        signal.signal(signal.SIGTERM, sending.stop)
    sending.send_all()
    if plan.get("end") == "exit":
        return
    if plan.get("end") == "stay":
        sending.stay()
    sending.producer.close()
