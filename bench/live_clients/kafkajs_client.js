// KafkaJS. See README.md.

const { Kafka, CompressionTypes, CompressionCodecs, logLevel } = require('kafkajs')

CompressionCodecs[CompressionTypes.Snappy] = require('kafkajs-snappy')
CompressionCodecs[CompressionTypes.LZ4] = new (require('kafkajs-lz4'))().codec
// @mongodb-js/zstd, which KafkaJS's documents name, is a binary that npm does not hold.
CompressionCodecs[CompressionTypes.ZSTD] = () => {
  const simple = new Promise((resolve) => require('zstd-codec').ZstdCodec.run((zstd) => resolve(new zstd.Simple())))
  return {
    compress: async (encoder) => Buffer.from((await simple).compress(encoder.buffer)),
    decompress: async (buffer) => Buffer.from((await simple).decompress(buffer)),
  }
}

const kCodecs = {
  none: CompressionTypes.None, gzip: CompressionTypes.GZIP, snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4, zstd: CompressionTypes.ZSTD,
}

const client = (bootstrap) => new Kafka({ clientId: 'kafkajs', brokers: [bootstrap], logLevel: logLevel.ERROR })
const messages = (word) =>
  Array.from({ length: 50 }, (_, i) => ({ partition: i % 2, value: `${word} ${i} ${'a'.repeat(200)}` }))

async function produce(bootstrap, topic, codecs, endings) {
  const producer = client(bootstrap).producer()
  await producer.connect()
  for (const codec of codecs.split(',')) await producer.send({ topic, compression: kCodecs[codec], messages: messages(codec) })
  await producer.disconnect()
  if (endings === '-') return
  const transactional = client(bootstrap).producer({ transactionalId: `${topic}-transaction`, maxInFlightRequests: 1, idempotent: true })
  await transactional.connect()
  for (const ending of endings.split(',')) {
    const transaction = await transactional.transaction()
    await transaction.send({ topic, messages: messages(ending) })
    await (ending === 'committed' ? transaction.commit() : transaction.abort())
  }
  await transactional.disconnect()
}

async function consume(bootstrap, topic, groupId, isolation, mode, count) {
  const consumer = client(bootstrap).consumer({ groupId, readUncommitted: isolation === 'read_uncommitted' })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  let left = Number(count)
  const next = new Map()
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, (event) => reject(event.payload.error))
    consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message }) => {
        if (left <= 0) return
        console.log(partition, message.offset)
        next.set(partition, String(BigInt(message.offset) + 1n))
        if (--left === 0) resolve()
      },
    })
  })
  await consumer.commitOffsets([...next].map(([partition, offset]) => ({ topic, partition, offset })))
  await consumer.disconnect()
}

const [command, ...args] = process.argv.slice(2)
const commands = { produce, consume }
commands[command](...args).catch((error) => { console.error(error); process.exit(1) })
