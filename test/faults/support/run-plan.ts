import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises'
import { createCompletion, type CompletionState, type SettledState } from '../../../src/core.ts'
import type { FaultProxy } from '../../support/fault-proxy.mjs'
import type { FaultExchange, FaultScript } from '../../support/fault-proxy-script.ts'
import { deliveredEvents, type AbortSeen } from './expected.ts'
import { anyAnswer, type Plan } from './plan.ts'
import { createRandom } from './random.ts'
import { readEvents } from './reading.ts'

type Input = FaultScript & { readonly id: string }

/** What became of a run: everything that is asked about it. */
export interface RunRecord {
  readonly id: string
  readonly result: SettledState
  /** Of a run that superseded it. */
  readonly next: SettledState | undefined
  readonly finalState: CompletionState
  readonly published: readonly CompletionState[]
  /** The data of the events that `onEvent` got before the run settled. */
  readonly seen: readonly string[]
  readonly callbacks: readonly (readonly ['error' | 'finish', SettledState])[]
  readonly abort: AbortSeen | undefined
  readonly exchanges: readonly FaultExchange[]
}

/** How long anything may take before it counts as hung. Nothing here takes a tenth of it. */
const patience = 15_000

/** Runs plans against a proxy, any number at a time. */
export function createRunner(proxy: FaultProxy) {
  const readers = new Map<string, (exchange: FaultExchange) => Promise<void>>()

  async function run(plan: Plan): Promise<RunRecord> {
    const id = `${plan.seed}-${plan.index}`
    const seen: string[] = []
    const published: CompletionState[] = []
    const callbacks: ['error' | 'finish', SettledState][] = []
    let result: SettledState | undefined
    let next: Promise<SettledState> | undefined
    let abort: AbortSeen | undefined
    let isSuperseded = false

    const exchanges = () => proxy.exchanges(id)
    readers.set(id, async (exchange) => {
      const { count } = readEvents(deliveredEvents(exchange))
      await within('what was sent to be read', () => !!result || seen.length >= count)
      await turns(12)
    })

    const completion = createCompletion<Input>({
      url: (input) => `${proxy.origin}/runs/${input.id}`,
      format: plan.format,
      publish: plan.publish,
      limits: plan.limits,
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
    completion.subscribe(() => {
      if (isSuperseded) return
      published.push(completion.getState())
      if (plan.abort?.when === 'publish' && published.length === plan.abort.count) {
        end(seen.length)
      }
    })

    function end(appliedEvents: number) {
      const { status } = completion.getState()
      if (result || (status !== 'connecting' && status !== 'streaming')) return
      abort = { appliedEvents }
      isSuperseded = plan.abort?.how === 'supersede'
      if (isSuperseded) next = completion.start(nextInput(plan))
      else if (plan.abort?.how === 'reset') completion.reset()
      else completion.abort()
    }

    const settled = completion.start({ ...plan.script, id }).then((state) => (result = state))
    if (plan.abort?.when === 'start') end(0)
    else if (plan.abort?.when === 'request') {
      await within(`the request`, () => exchanges().length > 0)
      end(seen.length)
    } else if (plan.abort?.when === 'silence') {
      const silent = () => exchanges().find(({ ending }) => ending === 'stall')
      await within('the silence', () => !!result || !!silent())
      const exchange = silent()
      if (exchange) await readers.get(id)?.(exchange)
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
   * For the proxy: what was sent has been read. That it is read while the connection lives on and
   * nothing follows is itself a thing to hold.
   */
  const beforeBreaking = async (id: string, exchange: FaultExchange) => readers.get(id)?.(exchange)

  return { run, beforeBreaking }
}

/** Both ends are in this process, so a turn is all that a byte needs: however busy the machine is. */
async function turns(count: number) {
  for (let left = count; left > 0; left--) await turn()
}

async function within(what: string, isSo: () => boolean) {
  for (const start = performance.now(); !isSo();) {
    if (performance.now() - start > patience) throw new Error(`waited in vain for ${what}`)
    await delay(2)
  }
}

/** A run without faults, to follow one that it ends. */
function nextInput({ seed, index, script }: Plan): Input {
  const answer = anyAnswer(createRandom(seed, -index - 2))
  return { id: `${seed}-${index}-next`, events: script.events, answers: [answer] }
}
