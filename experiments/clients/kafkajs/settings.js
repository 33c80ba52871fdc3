// Kafka's settings as options of KafkaJS, which has them at five places.

import { CompressionTypes, PartitionAssigners } from 'kafkajs'

export class Unsupported extends Error {}

const CODECS = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
  zstd: CompressionTypes.ZSTD,
}

// As librdkafka and as Java call it.
const ASSIGNERS = {
  roundrobin: PartitionAssigners.roundRobin,
  'org.apache.kafka.clients.consumer.RoundRobinAssignor': PartitionAssigners.roundRobin,
}

const string = (value) => value
const number = (value) => Number(value)
const flag = (value) => value === 'true'
const oneOf = (values) => (value) => values[value]

const COMMON = {
  'client.id': ['kafka', 'clientId', string],
  'request.timeout.ms': ['kafka', 'requestTimeout', number],
}

const PRODUCER = {
  ...COMMON,
  'enable.idempotence': ['producer', 'idempotent', flag],
  'max.in.flight.requests.per.connection': ['producer', 'maxInFlightRequests', number],
  retries: ['producer', 'retry', (value) => ({ retries: Number(value) })],
  'transactional.id': ['producer', 'transactionalId', string],
  'transaction.timeout.ms': ['producer', 'transactionTimeout', number],
  'metadata.max.age.ms': ['producer', 'metadataMaxAge', number],
  'allow.auto.create.topics': ['producer', 'allowAutoTopicCreation', flag],
  acks: ['send', 'acks', (value) => (value === 'all' ? -1 : Number(value))],
  'compression.type': ['send', 'compression', oneOf(CODECS)],
}

const CONSUMER = {
  ...COMMON,
  'partition.assignment.strategy': ['consumer', 'partitionAssigners', (value) => ASSIGNERS[value] && [ASSIGNERS[value]]],
  'session.timeout.ms': ['consumer', 'sessionTimeout', number],
  'heartbeat.interval.ms': ['consumer', 'heartbeatInterval', number],
  'isolation.level': ['consumer', 'readUncommitted', oneOf({ read_uncommitted: true, read_committed: false })],
  'metadata.max.age.ms': ['consumer', 'metadataMaxAge', number],
  'allow.auto.create.topics': ['consumer', 'allowAutoTopicCreation', flag],
  'fetch.min.bytes': ['consumer', 'minBytes', number],
  'fetch.max.bytes': ['consumer', 'maxBytes', number],
  'max.partition.fetch.bytes': ['consumer', 'maxBytesPerPartition', number],
  'fetch.max.wait.ms': ['consumer', 'maxWaitTimeInMs', number],
  'auto.offset.reset': ['subscribe', 'fromBeginning', oneOf({ earliest: true, latest: false })],
  'enable.auto.commit': ['run', 'autoCommit', flag],
  'auto.commit.interval.ms': ['run', 'autoCommitInterval', number],
}

// Returns the options for the settings of a plan, by the place where KafkaJS takes them.
export function optionsOf(plan) {
  const options = { kafka: { brokers: [plan.bootstrap] }, producer: {}, send: {}, consumer: {}, subscribe: {}, run: {} }
  const known = plan.do === 'produce' ? PRODUCER : CONSUMER
  for (const [name, value] of Object.entries(plan.settings ?? {})) {
    const [place, option, convert] = known[name] ?? []
    const converted = convert?.(value)
    if (converted === undefined) throw new Unsupported(name)
    options[place][option] = converted
  }
  return options
}
