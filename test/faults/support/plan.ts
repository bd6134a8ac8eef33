import type { TimeoutName } from '../../../src/core.ts'
import type { FaultAnswer, FaultEnding, FaultScript } from '../../support/fault-proxy-script.ts'
import { eventsBeforeContent, originEvents, planOrigin, type OriginPlan } from './origin-stream.ts'
import { createRandom, type Random } from './random.ts'

/** When and how the user ends a run. */
interface AbortPlan {
  readonly how: 'abort' | 'reset' | 'supersede'
  /**
   * In the turn of the start; when the count-th request has reached the proxy; inside `onEvent` or a
   * listener, the count-th time; when all that was sent has been read and nothing more comes; while
   * the next attempt is waited for.
   */
  readonly when: 'start' | 'request' | 'event' | 'publish' | 'silence' | 'wait'
  readonly count: number
}

/** One run under faults: what the origin has to say, what is done to it, and what the client does. */
export interface Plan {
  readonly seed: number
  readonly index: number
  readonly fault: Fault
  readonly origin: OriginPlan
  readonly script: FaultScript
  readonly format: 'auto' | OriginPlan['format']
  readonly publish: 'sync' | 'frame'
  readonly limits: { readonly eventBytes?: number; readonly textLength?: number } | undefined
  /** All are set now and then, so long that they never end anything; this one is short. */
  readonly shortTimeout: { readonly name: TimeoutName; readonly ms: number } | undefined
  readonly longTimeouts: boolean
  /** An idle timeout in milliseconds that would be up before the short one, if comments were silence. */
  readonly fedIdle: number | undefined
  readonly retry: { readonly attempts: number } | undefined
  readonly resume: { readonly attempts: number } | undefined
  readonly abort: AbortPlan | undefined
}

const weights = {
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

type Fault = keyof typeof weights

/** The run that a seed and an index stand for. */
export function planRun(seed: number, index: number): Plan {
  const random = createRandom(seed, index)
  const planned = planOrigin(random)
  const fault = random.weighted(weights)
  // A stream is resumed by the numbers or the ids of its events.
  const ids = planned.ids || (fault === 'resume' && planned.format !== 'openai-responses')
  const origin = { ...planned, ids }
  const { answers, ...rest } = faults[fault](random, origin)
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

/** A good answer, coded and sent in any of the ways in which a good answer may come. */
export function anyAnswer(random: Random): FaultAnswer {
  return {
    status: 200,
    headers: {
      'content-type': random.pick(['text/event-stream', 'text/event-stream; charset=utf-8']),
    },
    body: { from: 'origin' },
    framing: random.weighted({ chunked: 6, length: 1, close: 1 }),
    keepAlive: random.chance(0.8),
    gzip: random.chance(0.3),
    pieceLength: random.chance(0.6) ? 0 : random.int(1, 300),
    writeLength: random.chance(0.5) ? 0 : random.int(20, 400),
    trickle: random.chance(0.2) ? random.int(1, 150) : 0,
    pauses: random.chance(0.15)
      ? [
          { at: random.fraction(), ms: random.int(1, 6) },
          { at: random.fraction(), ms: 1 },
        ]
      : [],
    ending: finish,
  }
}

const finish: FaultEnding = { how: 'finish', place: 'anywhere', pick: 0 }

function anyPlace(random: Random): Pick<FaultEnding, 'place' | 'pick'> {
  return {
    place: random.weighted({
      anywhere: 6,
      head: 2,
      body: 3,
      'chunk-header': 3,
      character: 4,
      'event-end': 4,
      'before-last-byte': 1,
    }),
    pick: random.fraction(),
  }
}

const anyBreak = (random: Random): FaultEnding => ({
  how: random.pick(['close', 'reset']),
  ...anyPlace(random),
})

const anyStall = (random: Random): FaultEnding => ({ how: 'stall', ...anyPlace(random) })

const bodyStall = (random: Random): FaultEnding => ({
  ...anyStall(random),
  place: random.pick(['body', 'event-end']),
})

const anyHow = (random: Random) => random.weighted({ abort: 4, reset: 1, supersede: 1 })

type Faulty = Partial<Omit<Plan, 'seed' | 'index' | 'fault' | 'origin' | 'script'>> & {
  readonly answers: readonly Partial<FaultAnswer>[]
}

const atSilence = (random: Random): AbortPlan => ({
  how: anyHow(random),
  when: 'silence',
  count: 0,
})

const faults: Record<Fault, (random: Random, origin: OriginPlan) => Faulty> = {
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

  // The body is what counts: the stream is whole, or cut where its first event is there.
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
    limits: { eventBytes: random.int(2000, 60_000) },
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
      // What keeps the connection alive is no content.
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
    const answer = (isLast: boolean): Partial<FaultAnswer> => ({
      ...(idle ? unpaced : {}),
      body: {
        from: 'origin',
        repeat: random.chance(0.4) ? random.int(1, isNumbered ? 6 : 1) : 0,
        skip: isNumbered && random.chance(0.06) ? random.int(1, 3) : 0,
      },
      ending: isLast ? finish : idle ? bodyStall(random) : anyBreak(random),
    })
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

/** At once, so that what a timeout measures is the silence after it. */
const unpaced = { gzip: false, writeLength: 0, trickle: 0, pauses: [] } as const

function anyHttpError(random: Random): Partial<FaultAnswer> {
  return {
    status: random.pick([
      400, 401, 403, 404, 408, 409, 413, 422, 425, 429, 500, 502, 503, 504, 524, 529,
    ]),
    ...anyErrorBody(random),
    pieceLength: random.pick([2000, 50_000]),
    writeLength: random.pick([0, 30_000]),
    ending: random.chance(0.3) ? anyBreak(random) : finish,
  }
}

function anyErrorBody(
  random: Random,
): Pick<FaultAnswer, 'body' | 'headers'> & Partial<FaultAnswer> {
  const retryAfter = random.pick<Record<string, string>>([
    {},
    { 'retry-after': '7' },
    { 'retry-after-ms': '250' },
    { 'retry-after': 'Fri, 01 Jan 2038 00:00:00 GMT' },
  ])
  const json = { 'content-type': 'application/json', ...retryAfter }
  const html = { 'content-type': 'text/html', ...retryAfter }
  const text = (value: string) => ({ from: 'text', text: value }) as const
  const error = { message: 'No luck today.', type: 'some_error', code: 'no_luck', param: null }
  return random.pick([
    { headers: json, body: text(JSON.stringify({ error })) },
    { headers: json, body: text(JSON.stringify({ detail: 'No luck today.' })) },
    { headers: html, body: text('<html><h1>Bad gateway</h1></html>') },
    { headers: html, body: text('') },
    { headers: json, body: text(`{"error":"${'é'.repeat(200_000)}"}`) },
    { headers: html, body: { from: 'endless', events: 0, text: '<p>more</p>' }, gzip: false },
  ])
}
