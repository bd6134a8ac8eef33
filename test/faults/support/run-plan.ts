import { AsyncResource } from 'node:async_hooks'
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import {
  createCompletion,
  isRunning,
  resumable,
  type CompletionOptions,
  type CompletionState,
  type SettledState,
} from '../../../src/core.ts'
import type { FaultProxy } from '../../support/fault-proxy.mjs'
import type { FaultExchange, FaultScript } from '../../support/fault-proxy-script.ts'
import { followExchanges, maxDelay } from './expected.ts'
import { anyAnswer } from './any-answer.ts'
import type { Plan } from './plan.ts'
import { createRandom } from './random.ts'

type Input = FaultScript & { readonly id: string }

/** The record of a run: everything that is checked. */
export interface RunRecord {
  readonly id: string
  readonly result: SettledState
  /** The result of the run that superseded it. */
  readonly next: SettledState | undefined
  readonly finalState: CompletionState
  readonly published: readonly CompletionState[]
  /** The data of the events that `onEvent` received before the run settled. */
  readonly seen: readonly string[]
  readonly callbacks: readonly (readonly ['error' | 'finish', SettledState])[]
  /** The number of events that had taken effect when the user aborted, if they did. */
  readonly abort: { readonly appliedEvents: number } | undefined
  readonly exchanges: readonly FaultExchange[]
}

/**
 * How many checks, one every two milliseconds, are made before something counts as hung. A count, because
 * time also passes while the machine is suspended.
 */
const patience = 5000

/** Runs plans against a proxy, any number at a time. */
export function createRunner(proxy: FaultProxy) {
  const readers = new Map<string, () => Promise<void>>()

  async function run(plan: Plan): Promise<RunRecord> {
    const id = `${plan.seed}-${plan.index}`
    const seen: string[] = []
    const published: CompletionState[] = []
    const callbacks: ['error' | 'finish', SettledState][] = []
    let result: SettledState | undefined
    let next: Promise<SettledState> | undefined
    let abort: RunRecord['abort']
    let isSuperseded = false

    const exchanges = () => proxy.exchanges(id)
    readers.set(id, async () => {
      const { length } = followExchanges(plan, exchanges()).seen
      await within('what was sent to be read', () => !!result || seen.length >= length)
      await turns(12)
    })

    const completion = createCompletion<Input>({
      url: (input) => `${proxy.origin}/runs/${input.id}`,
      ...clientOptions(plan, `${proxy.origin}/runs/${id}`),
      onEvent(event) {
        if (result || isSuperseded) return
        seen.push(event.data)
        if (plan.abort?.when === 'event' && seen.length === plan.abort.count) {
          end(seen.length - 1)
        }
      },
      onError: (_, state) => void callbacks.push(['error', state]),
      onFinish: (state) => void callbacks.push(['finish', state]),
    })
    // All runs share a frame: work in it must be attributed to this run.
    const notePublished = AsyncResource.bind(() => {
      if (isSuperseded) return
      const state = completion.getState()
      published.push(state)
      const { when, count } = plan.abort ?? {}
      const waits = state.status !== 'idle' && state.nextAttemptAt !== undefined
      if (when === 'publish' ? published.length === count : when === 'wait' && waits) {
        end(seen.length)
      }
    })
    completion.subscribe(notePublished)

    function end(appliedEvents: number) {
      const { status } = completion.getState()
      if (result || !isRunning({ status })) return
      abort = { appliedEvents }
      isSuperseded = plan.abort?.how === 'supersede'
      if (isSuperseded) next = completion.start(nextInput(plan))
      else if (plan.abort?.how === 'reset') completion.reset()
      else completion.abort()
    }

    const settled = completion.start({ ...plan.script, id }).then((state) => (result = state))
    if (plan.abort?.when === 'start') end(0)
    else if (plan.abort?.when === 'request') {
      const { count } = plan.abort
      await within('the request', () => !!result || exchanges().length >= Math.min(count, 3))
      end(seen.length)
    } else if (plan.abort?.when === 'silence') {
      const silent = () => exchanges().find(({ ending }) => ending === 'stall')
      await within('the silence', () => !!result || !!silent())
      if (silent()) await readers.get(id)?.()
      end(seen.length)
    }
    await within('the end', () => !!result)
    const record = {
      id,
      result: await settled,
      next: await next,
      finalState: completion.getState(),
      published,
      seen,
      callbacks,
      abort,
      exchanges: exchanges(),
    }
    await within('the connection to close', () => record.exchanges.every((one) => one.isClosed))
    readers.delete(id)
    proxy.forget(id)
    return record
  }

  /**
   * For the proxy: resolves when all sent data has been read. This also checks that data is read while the
   * connection stays open and nothing follows.
   */
  const beforeBreaking = async (id: string) => readers.get(id)?.()

  return { run, beforeBreaking }
}

function clientOptions(plan: Plan, url: string): Partial<CompletionOptions<Input>> {
  const { format, publish, limits, shortTimeout, longTimeouts, fedIdle, retry, resume } = plan
  const long = { response: 60_000, firstToken: 61_000, idle: 62_000, total: 63_000 }
  return {
    format,
    publish,
    limits,
    timeouts: {
      ...(longTimeouts ? long : {}),
      ...(fedIdle ? { idle: fedIdle } : {}),
      ...(shortTimeout ? { [shortTimeout.name]: shortTimeout.ms } : {}),
    },
    retry: retry && { ...retry, delay: 4, maxDelay },
    resume:
      resume &&
      resumable({
        ...resume,
        delay: 4,
        maxDelay,
        url: ({ sequenceNumber }) =>
          sequenceNumber === undefined ? url : `${url}?starting_after=${sequenceNumber}`,
      }),
  }
}

/** Both ends are in this process, so a byte arrives within one turn, however busy the machine is. */
async function turns(count: number) {
  for (let left = count; left > 0; left--) await turn()
}

async function within(what: string, isSo: () => boolean) {
  for (let looks = 0; !isSo(); looks++) {
    if (looks > patience) throw new Error(`waited in vain for ${what}`)
    await delay(2)
  }
}

/** The input of a run without faults that supersedes another. */
function nextInput({ seed, index, script }: Plan): Input {
  const answer = anyAnswer(createRandom(seed, -index - 2))
  return { id: `${seed}-${index}-next`, events: script.events, answers: [answer] }
}
