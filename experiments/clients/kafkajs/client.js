// KafkaJS: does what a plan says and prints what comes of it. See ../README.md.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Kafka } from 'kafkajs'
import { consume } from './consume.js'
import { show, showError } from './output.js'
import { produce } from './produce.js'
import { optionsOf, Unsupported } from './settings.js'

const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const { version } = createRequire(import.meta.url)('kafkajs/package.json')
show({ client: 'kafkajs', version })

// KafkaJS writes what it logs to stdout unless it is told where.
const logCreator = () => ({ level, log }) => console.error(level, log.message)

try {
  if (plan.do === 'defaults') {
    show({ defaults: {} }) // KafkaJS has none that could be asked for
  } else {
    const options = optionsOf(plan)
    const kafka = new Kafka({ ...options.kafka, logCreator })
    await (plan.do === 'produce' ? produce : consume)(kafka, plan, options)
  }
  process.exit(0) // KafkaJS may connect anew after it was disconnected, and the program would never end
} catch (error) {
  if (error instanceof Unsupported) {
    show({ unsupported: error.message })
    process.exit(3)
  }
  showError(error)
  process.exit(1)
}
