"""kafka-python. See README.md."""

import sys

from kafka import KafkaConsumer, KafkaProducer
from kafka.coordinator.assignors.range import RangePartitionAssignor

MODES = {
    "classic": {"partition_assignment_strategy": [RangePartitionAssignor]},
    "static": {"group_instance_id": "seat"},
}


def send(producer, topic, word):
    for i in range(50):
        producer.send(topic, f"{word} {i} {'a' * 200}".encode(), partition=i % 2)
    producer.flush()


def produce(bootstrap, topic, codecs, endings):
    for codec in codecs.split(","):
        producer = KafkaProducer(bootstrap_servers=bootstrap, linger_ms=20, compression_type=None if codec == "none" else codec)
        send(producer, topic, codec)
        producer.close()
    if endings == "-":
        return
    producer = KafkaProducer(bootstrap_servers=bootstrap, linger_ms=20, transactional_id=f"{topic}-transaction")
    producer.init_transactions()
    for ending in endings.split(","):
        producer.begin_transaction()
        send(producer, topic, ending)
        producer.commit_transaction() if ending == "committed" else producer.abort_transaction()
    producer.close()


def consume(bootstrap, topic, group, isolation, mode, count):
    consumer = KafkaConsumer(
        topic, bootstrap_servers=bootstrap, group_id=group, isolation_level=isolation,
        auto_offset_reset="earliest", enable_auto_commit=False, **MODES[mode],
    )
    left = int(count)
    while left > 0:
        for messages in consumer.poll(timeout_ms=1000, max_records=left).values():
            for message in messages:
                print(message.partition, message.offset, flush=True)
                left -= 1
    consumer.commit()
    consumer.close()


{"produce": produce, "consume": consume}[sys.argv[1]](*sys.argv[2:])
