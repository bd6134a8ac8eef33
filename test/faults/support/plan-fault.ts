import type { FaultAnswer } from '../../support/fault-proxy-script.ts'
import { anyBreak, anyHttpError, anyStall, bodyStall, finish, unpaced } from './any-answer.ts'
import { eventsBeforeContent, type OriginPlan } from './origin-stream.ts'
import type { AbortPlan, Fault, Plan } from './plan.ts'
import type { Random } from './random.ts'

const anyHow = (random: Random) => random.weighted({ abort: 4, reset: 1, supersede: 1 })

type Faulty = Partial<Omit<Plan, 'seed' | 'index' | 'fault' | 'origin' | 'script'>> & {
  readonly answers: readonly Partial<FaultAnswer>[]
}

const atSilence = (random: Random): AbortPlan => ({
  how: anyHow(random),
  when: 'silence',
  count: 0,
})

/**
 * The numbers and ids of an answer. A stream that is recognised as another one has ended, and a server that
 * repeats some ids and changes others cannot be detected.
 */
function anyLabels(random: Random, isLast: boolean, hasOthers: boolean) {
  const none = isLast ? 3 : 1
  if (hasOthers) return random.weighted({ other: 12, none })
  const labels = random.weighted({ same: 14, none, anew: isLast ? 5 : 0 })
  return labels === 'same' ? undefined : labels
}

/**
 * How many events before the requested ones an answer may send: one, or all, like a server that ignores the
 * position. If the ids differ, only the beginning of the stream reveals it.
 */
function repeatable({ format }: OriginPlan, hasOthers: boolean): readonly number[] {
  if (!hasOthers || format === 'openai-responses') return [0, 0, 0, 1, 2, 6, 1000]
  return format === 'openai-chat' ? [0, 0, 1000] : [0]
}

/** The effect of each fault on a run. */
export const planFault: Record<Fault, (random: Random, origin: OriginPlan) => Faulty> = {
  none: () => ({ answers: [{}] }),

  cut: (random) => ({ answers: [{ ending: anyBreak(random) }] }),

  stall: (random) => ({ answers: [{ ending: anyStall(random) }], abort: atSilence(random) }),

  abort: (random) => ({
    answers: [{ ending: random.chance(0.3) ? anyBreak(random) : finish }],
    abort: {
      how: anyHow(random),
      when: random.weighted({ start: 1, request: 2, event: 5, publish: 4 }),
      count: random.pick([1, 2, 2, 3, 4, 5, 7, 9]),
    },
  }),

  'http-error': (random) => ({ answers: [anyHttpError(random)] }),

  // Only the body counts: the stream is complete, or cut after its first event.
  'wrong-type': (random) => ({
    answers: [
      {
        headers: random.pick<Record<string, string>>([
          { 'content-type': 'text/html' },
          { 'content-type': 'text/plain; charset=utf-8' },
          { 'content-type': 'application/json' },
          { 'content-type': 'application/octet-stream' },
          {},
        ]),
        pieceLength: 0,
        ending: random.chance(0.5) ? finish : { ...anyBreak(random), place: 'event-end' },
      },
    ],
  }),

  'not-a-stream': (random) => ({
    answers: [
      {
        body: {
          from: 'text',
          text: `<!doctype html><title>Log in</title>${'<p>Hi</p>'.repeat(random.int(0, 2000))}`,
        },
        headers: {
          'content-type': random.pick(['text/html', 'text/event-stream', 'application/json']),
        },
        pieceLength: 1000,
        writeLength: 0,
      },
    ],
  }),

  endless: (random, origin) => ({
    answers: [
      {
        body: { from: 'endless', events: random.int(1, origin.deltas.length), text: 'x' },
        ...unpaced,
        pieceLength: 0,
      },
    ],
    limits: { eventLength: random.int(2000, 60_000) },
  }),

  'long-text': (random, origin) => ({
    answers: [{}],
    limits: { textLength: random.int(1, origin.deltas.join('').length) },
  }),

  timeout: (random, origin) => {
    const name = random.pick(['response', 'firstToken', 'idle', 'total'])
    const comments = (events: number) => ({
      body: { from: 'endless', events, text: ': still thinking\n\n', every: 10 } as const,
      pieceLength: 0,
    })
    const answer = {
      response: () => ({
        ending: { how: 'stall', place: 'head', pick: random.fraction() } as const,
      }),
      // Keep-alive comments are not content.
      firstToken: () => comments(random.int(0, eventsBeforeContent(origin))),
      idle: () => ({ ending: bodyStall(random) }),
      total: () => random.pick([{ ending: anyStall(random) }, comments(random.int(0, 3))]),
    }[name]()
    const isFed = 'body' in answer
    const ms = name === 'idle' ? random.int(60, 120) : random.int(150, 250)
    return {
      answers: [{ ...unpaced, ...answer }],
      shortTimeout: { name, ms: isFed ? ms + 250 : ms },
      longTimeouts: true,
      fedIdle: isFed ? 200 : undefined,
      retry: undefined,
    }
  },

  retry: (random) => {
    const bad = () =>
      random.pick([
        () => anyHttpError(random),
        () => ({ ending: { ...anyBreak(random), place: 'head' as const } }),
        () => ({ ending: anyBreak(random) }),
      ])()
    return {
      answers: [...Array.from({ length: random.int(1, 3) }, bad), {}],
      retry: { attempts: random.int(1, 3) },
      abort: random.chance(0.2)
        ? {
            how: anyHow(random),
            when: random.pick(['wait', 'request', 'publish']),
            count: random.int(1, 4),
          }
        : undefined,
    }
  },

  resume: (random, origin) => {
    const isNumbered = origin.format === 'openai-responses'
    const idle = random.chance(0.3)
    const hasOthers = random.chance(0.3)
    const answer = (isLast: boolean): Partial<FaultAnswer> => {
      const repeat = random.pick(repeatable(origin, hasOthers))
      const skip = isNumbered && random.chance(0.06) ? random.int(1, 3) : 0
      const labels = anyLabels(random, isLast, hasOthers)
      return {
        ...(idle ? unpaced : {}),
        body: {
          from: 'origin',
          repeat,
          // If the remaining events are renumbered, there is no visible gap.
          skip: labels === 'anew' ? 0 : skip,
          ...(labels && { labels }),
        },
        ending: isLast ? finish : idle ? bodyStall(random) : anyBreak(random),
      }
    }
    const answers = Array.from({ length: random.int(1, 5) }, (_, index) =>
      index > 0 && random.chance(0.15) ? anyHttpError(random) : answer(false),
    )
    return {
      answers: [...answers, answer(true)],
      resume: { attempts: random.int(1, 3) },
      retry: random.chance(0.5) ? { attempts: random.int(1, 3) } : undefined,
      ...(idle
        ? { shortTimeout: { name: 'idle', ms: random.int(60, 120) }, longTimeouts: true }
        : {}),
      abort: random.chance(0.15)
        ? {
            how: anyHow(random),
            when: random.pick(['wait', 'request', 'event']),
            count: random.int(1, 6),
          }
        : undefined,
    }
  },
}
