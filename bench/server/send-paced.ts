import type { ServerResponse } from 'node:http'
import type { WireBody } from './wire-format.ts'

/** Deltas that are sent at once; the following ones wait until the page has shown them. */
export interface Middle {
  from: number
  to: number
  shown: () => Promise<void>
}

/**
 * Sends the deltas at `rate` per second, each in a separate write, like a proxy that flushes every token. A
 * late timer catches up.
 */
export async function sendPaced(
  response: ServerResponse,
  { head, deltas, tail }: WireBody,
  rate: number,
  middle?: Middle,
) {
  response.write(head)
  if (middle) {
    await sendAtRate(response, deltas.slice(0, middle.from), rate)
    response.write(deltas.slice(middle.from, middle.to).join(''))
    await middle.shown()
  }
  await sendAtRate(response, middle ? deltas.slice(middle.to) : deltas, rate)
  response.end(tail)
}

async function sendAtRate(response: ServerResponse, deltas: readonly string[], rate: number) {
  const startedAt = performance.now()
  let sent = 0
  while (sent < deltas.length && !response.destroyed) {
    const elapsed = performance.now() - startedAt
    const due = Math.min(deltas.length, Math.floor((elapsed / 1000) * rate) + 1)
    while (sent < due) response.write(deltas[sent++])
    const nextAt = startedAt + (sent / rate) * 1000
    await new Promise((resolve) => setTimeout(resolve, nextAt - performance.now()))
  }
}
