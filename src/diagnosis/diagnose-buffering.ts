import type { SettledState } from '../completion/state.ts'
import { warnOnce } from './warn-once.ts'

/** A wait, in milliseconds, by the end of which a streaming model would have sent its first token. */
const longWait = 2000

/** Shorter answers, with fewer text events than this, are ignored. */
const manyEvents = 20

/** Text events per millisecond: more than any model generates. */
const impossibleRate = 4

/**
 * Warns about an answer that arrived all at once after a long wait: the model streamed it, and
 * something on the way buffered it.
 *
 * @param isReplayed whether the stream may be replayed from storage, which can be at any speed
 */
export function diagnoseBuffering(
  result: Pick<SettledState, 'status' | 'attempt' | 'timing'>,
  isReplayed: () => boolean,
): void {
  try {
    if (process.env.NODE_ENV !== 'production') {
      const { status, attempt, timing } = result
      const { startedAt, firstTokenAt, lastByteAt, textEvents } = timing
      if (status !== 'complete' || attempt > 1 || isReplayed()) return
      if (firstTokenAt === undefined || lastByteAt === undefined || textEvents < manyEvents) return
      const wait = firstTokenAt - startedAt
      if (wait < longWait || lastByteAt - firstTokenAt > textEvents / impossibleRate) return
      warnOnce(
        'buffering',
        `All ${textEvents} chunks of the answer arrived at once, after ${(wait / 1000).toFixed(1)} s. Something between the model and this page buffers the stream: a proxy, compression, or a function that awaits the whole response. Make it forward each chunk as it arrives: set 'X-Accel-Buffering: no' or 'proxy_buffering off' for nginx, and 'Cache-Control: no-transform' to prevent compression.`,
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
