// Receives records as a plan says.

import { setTimeout as sleep } from 'node:timers/promises'
import { show, showError, sinceStart } from './output.js'
import { Unsupported } from './settings.js'

export async function consume(kafka, plan, options) {
  if (plan.partitions) throw new Unsupported('partitions') // KafkaJS reads only as a member of a group
  const consumer = kafka.consumer({ ...options.consumer, ...(plan.group !== undefined && { groupId: plan.group }) })
  tellAssignments(consumer)
  await consumer.connect()
  await consumer.subscribe({ topics: plan.topics, ...options.subscribe })
  await receiveAll(consumer, plan, options.run)
}

function tellAssignments(consumer) {
  let assigned = []
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    const topics = Object.entries(payload.memberAssignment)
    assigned = topics.flatMap(([topic, partitions]) => partitions.map((partition) => [topic, partition]))
    show({ assigned, ms: sinceStart() })
  })
  // KafkaJS says only that there is a rebalance: then everything is given back.
  consumer.on(consumer.events.REBALANCING, () => show({ revoked: assigned, ms: sinceStart() }))
}

// Returns when the plan or SIGTERM ends it and the consumer is disconnected.
function receiveAll(consumer, plan, runOptions) {
  let received = 0
  const positions = new Map() // the next offset of each partition

  return new Promise((resolve, reject) => {
    const finish = async () => {
      if (plan.end === 'exit') process.exit(0)
      if (plan.commit === 'end') await commit(consumer, [...positions.values()])
      resolve(consumer.disconnect()) // from here on no message is handed over
    }

    const eachMessage = async ({ topic, partition, message }) => {
      showReceived(topic, partition, message)
      received += 1
      const position = { topic, partition, offset: String(BigInt(message.offset) + 1n) }
      positions.set(`${topic} ${partition}`, position)
      if (plan.commit === 'each') await commit(consumer, [position])
      if (received === plan.stall_after) await sleep(plan.stall_ms)
      if (received === plan.count) await finish()
    }

    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (payload.restart) showError(payload.error)
      else reject(payload.error)
    })
    process.on('SIGTERM', finish)
    consumer.run({ ...runOptions, eachMessage }).catch(reject)
  })
}

function showReceived(topic, partition, { value, key, offset, timestamp, headers = {} }) {
  const texts = Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, header?.toString() ?? null]))
  show({
    received: value?.toString() ?? null, topic, partition, offset: Number(offset), key: key?.toString() ?? null,
    timestamp: Number(timestamp), headers: texts, ms: sinceStart(),
  })
}

async function commit(consumer, positions) {
  try {
    await consumer.commitOffsets(positions)
    show({ committed: true, ms: sinceStart() })
  } catch (error) {
    showError(error) // such as a member that was removed: it goes on and joins again
  }
}
