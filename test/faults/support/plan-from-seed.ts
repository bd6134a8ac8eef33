import { anyAnswer } from './any-answer.ts'
import { originEvents, planOrigin } from './origin-stream.ts'
import { planFault } from './plan-fault.ts'
import type { Fault, Plan } from './plan.ts'
import { createRandom } from './random.ts'

/** The relative frequency of each fault. */
const weights: Record<Fault, number> = {
  none: 8,
  cut: 34,
  stall: 10,
  abort: 14,
  'http-error': 12,
  'wrong-type': 6,
  'not-a-stream': 5,
  endless: 4,
  'long-text': 3,
  timeout: 8,
  retry: 12,
  resume: 24,
}

/** Makes duplicate and missing deltas visible. */
const distinct = (deltas: readonly string[]) => deltas.map((delta, index) => `${index}.${delta}`)

/** The run for a seed and an index. */
export function planRun(seed: number, index: number): Plan {
  const random = createRandom(seed, index)
  const planned = planOrigin(random)
  const fault = random.weighted(weights)
  // A stream is resumed by the numbers or the ids of its events.
  const ids = planned.ids || (fault === 'resume' && planned.format !== 'openai-responses')
  const origin = {
    ...planned,
    ids,
    ...(fault === 'resume' && { deltas: distinct(planned.deltas) }),
  }
  const { answers, ...rest } = planFault[fault](random, origin)
  return {
    seed,
    index,
    fault,
    origin,
    script: {
      events: originEvents(origin),
      answers: answers.map((answer) => ({ ...anyAnswer(random), ...answer })),
    },
    format: random.chance(0.7) ? 'auto' : origin.format,
    publish: random.pick(['sync', 'sync', 'frame']),
    limits: undefined,
    shortTimeout: undefined,
    longTimeouts: random.chance(0.5),
    fedIdle: undefined,
    retry: random.chance(0.1) ? { attempts: random.int(1, 2) } : undefined,
    resume: undefined,
    abort: undefined,
    ...rest,
  }
}
