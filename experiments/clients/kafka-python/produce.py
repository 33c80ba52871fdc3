"""Sends the records of a plan."""

import signal
import threading
import time

from kafka import KafkaProducer

from output import show, since, text


def encoded(text):
    return None if text is None else text.encode()


class Sending:
    def __init__(self, plan, settings, stopped):
        self.plan = plan
        self.flush_when = plan.get("flush", "end")
        self.transaction = plan.get("transaction")
        self.producer = KafkaProducer(**settings)
        self.stopped = stopped

    def send_all(self):
        records = self.plan["records"] * self.plan.get("repeat", 1)
        if self.transaction:
            self.producer.init_transactions()
        for number, record in enumerate(records):
            if self.stopped.is_set():
                break
            if self.transaction and number % self.transaction["size"] == 0:
                self.producer.begin_transaction()
            self.send(record)
            if self.flush_when == "each":
                self.flush()
            if self.transaction and ((number + 1) % self.transaction["size"] == 0 or number + 1 == len(records)):
                self.end_transaction(number // self.transaction["size"])
            time.sleep(self.plan.get("pause_ms", 0) / 1000)
        if self.flush_when == "end" and not self.transaction:
            self.flush()

    def send(self, record):
        value = record["value"]
        began = time.perf_counter()

        def acked(metadata):
            show(acked=value, partition=metadata.partition, offset=metadata.offset, ms=since(began))

        def failed(error):
            show(failed=value, error=text(error), ms=since(began))

        try:
            future = self.producer.send(
                self.plan["topic"], encoded(value), encoded(record.get("key")), partition=record.get("partition"),
                timestamp_ms=record.get("timestamp"),
                headers=[(name, encoded(header)) for name, header in record.get("headers", {}).items()],
            )
            show(sent=value, ms=since(began))
            future.add_callback(acked).add_errback(failed)
        except Exception as error:
            failed(error)

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


def produce(plan, settings):
    stopped = threading.Event()
    if plan.get("end") == "stay":
        signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    sending = Sending(plan, settings, stopped)
    sending.send_all()
    if plan.get("end") == "exit":
        return
    if plan.get("end") == "stay":
        stopped.wait()
    sending.producer.close()
