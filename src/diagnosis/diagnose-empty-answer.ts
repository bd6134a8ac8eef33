import type { SettledState } from '../completion/state.ts'
import { warnOnce } from './warn-once.ts'

/** Warns of a stream that has its proper end and nothing before it. */
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
        'The stream ended as it should, but there was nothing in it: no content, and no finish reason. The run is complete, and empty. Some servers end a stream so when they fail before the first token: look into the log of the server, and of the proxy.',
      )
    }
  } catch {
    // There is no `process`, or no console.
  }
}
