// Sends the records of a plan.

import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { show, since, text } from './output.js'

export async function produce(kafka, plan, options) {
  const stopped = plan.end === 'stay' && once(process, 'SIGTERM')
  const producer = kafka.producer(options.producer)
  await producer.connect()
  await sendAll(producer, plan, options.send)
  if (plan.end === 'exit') return
  await stopped
  await producer.disconnect()
}

async function sendAll(producer, plan, sendOptions) {
  const { flush = 'end', pause_ms: pause = 0, repeat = 1 } = plan
  const records = Array(repeat).fill(plan.records).flat()
  const size = plan.transaction?.size ?? records.length
  let sender = producer
  let unacknowledged = []

  for (const [index, record] of records.entries()) {
    if (plan.transaction && index % size === 0) sender = await producer.transaction()
    unacknowledged.push(send(sender, plan.topic, record, sendOptions))
    const isLast = (index + 1) % size === 0 || index + 1 === records.length
    if (flush === 'each' || (flush === 'end' && isLast)) {
      await acknowledged(unacknowledged)
      unacknowledged = []
    }
    if (plan.transaction && isLast) await endTransaction(sender, plan.transaction.endings, Math.floor(index / size))
    if (pause > 0) await sleep(pause)
  }
}

function send(sender, topic, record, options) {
  const { value } = record
  const began = performance.now()
  const acknowledgement = sender.send({ topic, messages: [messageOf(record)], ...options })
  show({ sent: value, ms: since(began) })
  return acknowledgement.then(
    // With acks=0 KafkaJS tells nothing of where the record went.
    ([where]) => show({ acked: value, partition: where?.partition ?? -1, offset: Number(where?.baseOffset ?? -1), ms: since(began) }),
    (error) => show({ failed: value, error: text(error), ms: since(began) }),
  )
}

function messageOf({ value, key, partition, timestamp, headers }) {
  const message = { value }
  if (key !== undefined) message.key = key
  if (partition !== undefined) message.partition = partition
  if (timestamp !== undefined) message.timestamp = String(timestamp)
  if (headers !== undefined) message.headers = headers
  return message
}

// Awaiting what was sent is what KafkaJS has for a flush.
async function acknowledged(sends) {
  const began = performance.now()
  await Promise.all(sends)
  show({ flushed: true, ms: since(began) })
}

async function endTransaction(transaction, endings, number) {
  if (endings[number % endings.length] === 'commit') await transaction.commit()
  else await transaction.abort()
}
