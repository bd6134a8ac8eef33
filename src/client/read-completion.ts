import type { CompletionState, RunningState, SettledState } from '../completion/state.ts'
import type { CompletionSource } from '../request/request-options.ts'
import type { ReadOptions } from '../run/options.ts'
import { guardOptions } from '../run/guard-options.ts'
import { createRun } from '../run/run.ts'
import { readingFeatures } from './all-features.ts'

export interface ReadCompletionOptions extends ReadOptions {
  /** Aborts reading. Its reason becomes `abortReason`. */
  signal?: AbortSignal | undefined
}

/**
 * A response that is being read: iterate over its states, or only await `result`. A slow consumer
 * receives the latest state, not every state. Leaving the loop early aborts reading.
 */
export interface CompletionReading extends AsyncIterable<RunningState | SettledState> {
  /** The settled state. Never rejects. */
  readonly result: Promise<SettledState>
  /**
   * Stops reading, keeps the text received so far, and settles as `aborted`. Does nothing once settled.
   *
   * @default 'abort'
   */
  abort(reason?: unknown): void
}

/**
 * Reads one response, body, or async iterable of events to its end. Reading begins immediately, whether
 * or not the states are consumed. A response that is not ok settles as an error of kind `http`.
 *
 * @example
 * for await (const { text } of readCompletion(await fetch('/api/completion', init))) show(text)
 */
export function readCompletion(
  source: CompletionSource | PromiseLike<CompletionSource>,
  options: ReadCompletionOptions = {},
): CompletionReading {
  const guarded = guardOptions(options)
  const { signal } = options
  const wake: (() => void)[] = []
  const notify = () => {
    for (const resolve of wake.splice(0)) resolve()
  }

  let settle!: (result: SettledState) => void
  const result = new Promise<SettledState>((resolve) => (settle = resolve))
  const run = createRun({
    open: () => source,
    options: () => guarded,
    features: readingFeatures,
    onChange: notify,
    onSettle(state) {
      signal?.removeEventListener('abort', abortWithSignal)
      settle(state)
      notify()
    },
  })
  function abortWithSignal() {
    run.abort(signal?.reason)
  }

  // First, so that a source that will not be read is still cancelled.
  run.execute()
  if (signal?.aborted) abortWithSignal()
  else signal?.addEventListener('abort', abortWithSignal)

  return {
    result,
    abort: (reason = 'abort') => run.abort(reason),
    async *[Symbol.asyncIterator]() {
      let last: CompletionState | undefined
      try {
        for (;;) {
          const state = run.state()
          if (state !== last) yield (last = state)
          if (run.hasSettled() && run.state() === last) return
          if (run.state() === last) await new Promise<void>((resolve) => wake.push(resolve))
        }
      } finally {
        run.abort('abort')
      }
    },
  }
}
