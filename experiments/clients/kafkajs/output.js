// What the program prints: a JSON object a line.

import { writeSync } from 'node:fs'

export function show(line) {
  writeSync(1, JSON.stringify(line) + '\n') // process.exit would lose what console.log holds for a pipe
}

// Milliseconds since a moment of performance.now(), which itself counts from the start of the program.
export const since = (moment) => Math.round((performance.now() - moment) * 1000) / 1000
export const sinceStart = () => since(0)

export const text = (error) => `${error.name}: ${error.message}`
export const showError = (error) => show({ error: text(error), ms: sinceStart() })
