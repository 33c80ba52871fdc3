"""librdkafka, by confluent-kafka. See README.md."""

import sys

from confluent_kafka import Consumer, Producer

MODES = {
    "classic": {},
    "cooperative": {"partition.assignment.strategy": "cooperative-sticky"},
    "static": {"group.instance.id": "seat"},
    "consumer": {"group.protocol": "consumer"},
}


def send(producer, topic, word):
    for i in range(50):
        producer.produce(topic, f"{word} {i} {'a' * 200}", partition=i % 2)
    producer.flush()


def produce(bootstrap, topic, codecs, endings):
    for codec in codecs.split(","):
        send(Producer({"bootstrap.servers": bootstrap, "compression.type": codec}), topic, codec)
    if endings == "-":
        return
    producer = Producer({"bootstrap.servers": bootstrap, "transactional.id": f"{topic}-transaction"})
    producer.init_transactions()
    for ending in endings.split(","):
        producer.begin_transaction()
        send(producer, topic, ending)
        producer.commit_transaction() if ending == "committed" else producer.abort_transaction()


def consume(bootstrap, topic, group, isolation, mode, count):
    consumer = Consumer({
        "bootstrap.servers": bootstrap, "group.id": group, "isolation.level": isolation,
        "auto.offset.reset": "earliest", "enable.auto.commit": False, **MODES[mode],
    })
    consumer.subscribe([topic])
    left = int(count)
    while left > 0:
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error():
            sys.exit(str(message.error()))
        print(message.partition(), message.offset(), flush=True)
        left -= 1
    consumer.commit(asynchronous=False)
    consumer.close()


{"produce": produce, "consume": consume}[sys.argv[1]](*sys.argv[2:])
