import { expect, onTestFinished } from 'vitest'
import {
  createCompletion,
  type Completion,
  type CompletionInput,
  type CompletionOptions,
  type CompletionState,
  type IdleState,
  type SettledState,
} from '../../../src/core.ts'
import { createControlledFetch, type ControlledRequest } from '../../../src/testing.ts'
import { collectReports } from './collect-reports.ts'
import { deepFreeze } from './deep-freeze.ts'
import { turns } from './turns.ts'

/** A call of one of the app's callbacks, and the state at that time. */
interface Call {
  readonly name: 'onError' | 'onFinish'
  readonly result: SettledState
  readonly seen: CompletionState
}

/** A completion whose requests the test answers, unless its options replace `fetch`. */
interface ObservedCompletion<Input> extends Completion<Input> {
  setOptions: (options: Partial<CompletionOptions<Input>>) => void
}

export interface Observed<Input = CompletionInput> {
  readonly client: ObservedCompletion<Input>
  readonly requests: readonly ControlledRequest[]
  /** Every published state, in order. */
  readonly published: readonly CompletionState[]
  readonly calls: readonly Call[]
  /** The uncaught errors; a test that expects one removes it. */
  readonly reports: unknown[]
}

/**
 * A client whose responses the test controls. At the end of the test, active runs are aborted, and the rules
 * for every run are checked: its promise resolves; `onFinish` was called once with the same result;
 * `onError` was called once before it if the run failed, and never otherwise. Published states are frozen,
 * so that a later write to one of them breaks the run.
 */
export function observe<Input = CompletionInput>(
  options: Partial<CompletionOptions<Input>> = {},
): Observed<Input> {
  const reports = collectReports()
  const { fetch, requests } = createControlledFetch()
  const calls: Call[] = []
  const started: Promise<SettledState | IdleState>[] = []
  const published: CompletionState[] = []

  function withNotes(noted: Partial<CompletionOptions<Input>>): CompletionOptions<Input> {
    return {
      publish: 'sync',
      url: '/api/completion',
      fetch,
      ...noted,
      onError(error, result) {
        calls.push({ name: 'onError', result, seen: inner.getState() })
        expect(error).toBe(result.error)
        noted.onError?.(error, result)
      },
      onFinish(result) {
        calls.push({ name: 'onFinish', result, seen: inner.getState() })
        noted.onFinish?.(result)
      },
    }
  }

  const inner: Completion<Input> = createCompletion(withNotes(options))
  inner.subscribe(() => published.push(deepFreeze(inner.getState())))

  function note<T extends SettledState | IdleState>(promise: Promise<T>): Promise<T> {
    started.push(promise)
    return promise
  }

  const client: ObservedCompletion<Input> = {
    ...inner,
    start: (input, startOptions) => note(inner.start(input, startOptions)),
    retry: () => note(inner.retry()),
    restore() {
      const restored = inner.restore()
      return restored && note(restored)
    },
    setOptions: (next) => inner.setOptions(withNotes(next)),
  }

  onTestFinished(async () => {
    inner.reset()
    await turns()
    const runs = (await Promise.all(started)).filter((result) => result.status !== 'idle')
    const finished = calls.filter(({ name }) => name === 'onFinish').map(({ result }) => result)
    expect(finished, 'one onFinish for every run').toHaveLength(runs.length)
    expect(new Set(finished), 'onFinish and the promise agree').toEqual(new Set(runs))
    for (const result of runs) {
      const order = calls.filter((call) => call.result === result).map(({ name }) => name)
      expect(order).toEqual(result.status === 'error' ? ['onError', 'onFinish'] : ['onFinish'])
    }
  })

  return { client, requests, published, calls, reports }
}

/** The last element; the test fails if there is none. */
export function last<T>(list: readonly T[]): T {
  const element = list.at(-1)
  if (element === undefined) throw new Error('nothing there yet')
  return element
}
