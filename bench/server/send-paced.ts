import type { ServerResponse } from 'node:http'
import type { WireBody } from './wire-format.ts'

/**
 * Sends the deltas at `rate` a second, each in a write of its own, as a proxy does that flushes every
 * token; those of `middle` at once. A timer that comes late catches up.
 */
export async function sendPaced(
  response: ServerResponse,
  { head, deltas, tail }: WireBody,
  rate: number,
  middle?: { from: number; to: number },
) {
  response.write(head)
  let startedAt = performance.now()
  let sent = 0
  while (sent < deltas.length && !response.destroyed) {
    const elapsed = performance.now() - startedAt
    const due = Math.min(deltas.length, Math.floor((elapsed / 1000) * rate) + 1)
    while (sent < due) {
      if (sent === middle?.from) {
        response.write(deltas.slice(middle.from, middle.to).join(''))
        sent = middle.to
        startedAt = performance.now() - (sent / rate) * 1000
        break
      }
      response.write(deltas[sent++])
    }
    const nextAt = startedAt + (sent / rate) * 1000
    await new Promise((resolve) => setTimeout(resolve, nextAt - performance.now()))
  }
  response.end(tail)
}
