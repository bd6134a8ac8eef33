import type { SettledState } from '../completion/state.ts'
import { warnOnce } from './warn-once.ts'

/** A wait in milliseconds after which a model that streams would have begun. */
const longWait = 2000

/** As many events that carry text as a short answer does not have. */
const manyEvents = 20

/** More such events in a millisecond than any model writes. */
const impossibleRate = 4

/**
 * Warns of an answer that came all at once after a long wait: it was written word by word, and
 * something held the words back.
 *
 * @param isReplayed whether it was read from where a server keeps it, which is at whatever speed
 */
export function diagnoseBuffering(
  result: Pick<SettledState, 'status' | 'attempt' | 'timing'>,
  isReplayed: boolean,
): void {
  try {
    if (process.env.NODE_ENV !== 'production') {
      const { status, attempt, timing } = result
      const { startedAt, firstTokenAt, lastByteAt, textEvents } = timing
      if (status !== 'complete' || attempt > 1 || isReplayed) return
      if (firstTokenAt === undefined || lastByteAt === undefined || textEvents < manyEvents) return
      const wait = firstTokenAt - startedAt
      if (wait < longWait || lastByteAt - firstTokenAt > textEvents / impossibleRate) return
      warnOnce(
        'buffering',
        `All ${textEvents} pieces of the answer arrived at once, after ${(wait / 1000).toFixed(1)} s. Something between the model and this page collects the stream: a proxy that buffers, compression, or a function that awaits the whole answer. Let it pass every piece on as it comes: 'X-Accel-Buffering: no' or 'proxy_buffering off' for nginx, 'Cache-Control: no-transform' against compression.`,
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
