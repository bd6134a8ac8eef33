import { setImmediate as nextTurn } from 'node:timers/promises'
import type { ConnectionArgs } from '../../connection/connection-args.ts'
import { createDisturbance, type Disturbed } from '../../connection/disturbance.ts'

/** Thrown where the body breaks off without an end. */
class BrokenBody extends Error {}

/**
 * Forwards a stream with the disturbances that the controls ask for: cut into other chunks, or failing in the
 * middle. A stall lasts until the page closes the connection.
 *
 * @throws BrokenBody where the connection breaks
 */
export async function* disturb(
  body: AsyncIterable<Uint8Array>,
  args: ConnectionArgs,
  api: 'responses' | 'chat' | 'continued',
  signal: AbortSignal,
): AsyncGenerator<string | Uint8Array> {
  const isContinued = api === 'continued'
  const disturbance = createDisturbance(args, isContinued ? 'responses' : api, isContinued)
  const decoder = new TextDecoder()
  async function* send({ pieces }: Disturbed) {
    for (const piece of pieces) {
      yield piece
      // Waits between two writes, or the system merges them.
      await nextTurn()
    }
  }
  for await (const bytes of body) {
    const disturbed = disturbance.push(decoder.decode(bytes, { stream: true }))
    yield* send(disturbed)
    if (disturbed.end === undefined) continue
    if (disturbed.end === 'cut') throw new BrokenBody()
    if (disturbed.end === 'stall') await aborted(signal)
    return
  }
  yield* send(disturbance.end())
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
