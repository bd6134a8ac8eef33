import type { SettledState } from '../completion/state.ts'
import { warnOnce } from './warn-once.ts'

/** Warns about a stream that has an end marker and nothing else. */
export function diagnoseEmptyAnswer(
  result: Pick<SettledState, 'status' | 'output' | 'finishReason' | 'timing'>,
): void {
  try {
    if (process.env.NODE_ENV !== 'production') {
      const { status, output, finishReason, timing } = result
      if (status !== 'complete' || timing.firstTokenAt !== undefined) return
      if (output.length > 0 || finishReason !== undefined) return
      warnOnce(
        'empty-answer',
        'The stream ended normally but was empty: it had no content and no finish reason. The run is complete, with no text. Some servers end a stream this way when they fail before the first token: check the logs of the server and the proxy.',
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
