"""aiokafka. See README.md."""

import asyncio
import sys

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer


async def send(producer, topic, word):
    sent = [await producer.send(topic, f"{word} {i} {'a' * 200}".encode(), partition=i % 2) for i in range(50)]
    await asyncio.gather(*sent)


async def produce(bootstrap, topic, codecs, endings):
    for codec in codecs.split(","):
        producer = AIOKafkaProducer(
            bootstrap_servers=bootstrap, linger_ms=20, compression_type=None if codec == "none" else codec)
        async with producer:
            await send(producer, topic, codec)
    if endings == "-":
        return
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, transactional_id=f"{topic}-transaction") as producer:
        for ending in endings.split(","):
            await producer.begin_transaction()
            await send(producer, topic, ending)
            await (producer.commit_transaction() if ending == "committed" else producer.abort_transaction())


async def consume(bootstrap, topic, group, isolation, mode, count):
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=bootstrap, group_id=group, isolation_level=isolation,
        auto_offset_reset="earliest", enable_auto_commit=False,
        group_instance_id="seat" if mode == "static" else None)
    await consumer.start()
    left = int(count)
    while left > 0:
        for messages in (await consumer.getmany(timeout_ms=1000, max_records=left)).values():
            for message in messages:
                print(message.partition, message.offset, flush=True)
                left -= 1
    await consumer.commit()
    await consumer.stop()


asyncio.run({"produce": produce, "consume": consume}[sys.argv[1]](*sys.argv[2:]))
