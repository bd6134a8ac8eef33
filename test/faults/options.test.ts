import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import {
  createCompletion,
  createStreamingObject,
  moderationGate,
  resumable,
  type SettledState,
} from '../../src/core.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from '../client/support/chat.ts'
import { responseBody, withIds } from '../client/support/responses-stream.ts'
import { events } from '../client/support/resuming.ts'
import { turns } from '../client/support/turns.ts'

const isSoak = process.env['FAULT_RUN'] === 'soak'
const seed = Number(process.env['FAULT_SEED'] ?? (isSoak ? Date.now() % 2 ** 31 : 20261))
const numRuns = isSoak ? 10_000 : 400

afterEach(() => void vi.unstubAllGlobals())

const names = [
  'method',
  'headers',
  'credentials',
  'body',
  'format',
  'timeouts',
  'retry',
  'resume',
  'moderate',
  'publish',
  'limits',
  'onEvent',
  'onError',
  'onFinish',
  'keepPreviousText',
  'schema',
  'from',
] as const

/** Values of invalid types, and values that are valid for other options. */
const values = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    0,
    -1,
    NaN,
    Infinity,
    '',
    'x',
    true,
    Symbol('x'),
    [],
    {},
    new Map(),
    new Set([500]),
    () => undefined,
    // Rejects when awaited: the result of a callback must not be awaited.
    () => ({ then: (_: unknown, reject: (reason: Error) => void) => reject(new Error('no')) }),
    () => {
      throw new Error('thrown')
    },
    { attempts: 2, statuses: null },
    { attempts: 2, statuses: 7, delay: 0 },
    { attempts: 2, delay: -5, maxDelay: NaN },
    { every: NaN },
    { every: Infinity },
    { idle: 'soon', total: {} },
    { textLength: null, eventLength: 'long' },
    { open: () => null },
    {
      open() {
        throw new Error('thrown')
      },
    },
  ),
  fc.anything(),
)

/** An object whose every field throws when it is read. */
const thorny = new Proxy(Object.create(null) as object, {
  get() {
    throw new Error('thorny')
  },
})

const schemas = [
  { issues: [{ message: 'no' }] },
  { value: 1 },
  {},
  undefined,
  runInNewContext('Promise.resolve({ value: 1 })') as unknown,
  { then: (resolve: (value: unknown) => void) => resolve({ value: 2 }) },
  Promise.reject(new Error('rejected')),
  thorny,
]
for (const schema of schemas) if (schema instanceof Promise) schema.catch(() => undefined)

const bodies = [
  answer('{"a":1}'),
  answer('text'),
  responseBody(events),
  withIds([textChunk('a'), textChunk('b')]),
  'data: {"error":{"message":"over"}}\n\n',
  'data: {\n\n',
  '<!doctype html>',
  '',
]

const globals = [
  'DOMException',
  'MessageChannel',
  'Event',
  'Blob',
  'FormData',
  'Intl',
  'reportError',
]

const scripts = fc.record({
  wrong: fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 2 }),
  getters: fc.oneof(
    fc.constant<(typeof names)[number][]>([]),
    fc.subarray([...names], { maxLength: 2 }),
  ),
  schema: fc.constantFrom(...schemas),
  missing: fc.subarray(globals, { maxLength: 2 }),
  isObject: fc.boolean(),
  isResumed: fc.boolean(),
  isGated: fc.boolean(),
  answers: fc.array(
    fc.record({
      status: fc.constantFrom(200, 200, 200, 401, 429, 500),
      body: fc.constantFrom(...bodies),
      end: fc.constantFrom('end' as const, 'fail' as const),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  thrown: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.oneof(fc.anything(), fc.constant(thorny)) },
  ),
})

type Script = typeof scripts extends fc.Arbitrary<infer Value> ? Value : never

const rejecting = async (thrown: unknown): Promise<never> => {
  throw thrown
}

/** Runs a script to its end. Returns its result, and how often the callbacks were called. */
async function play(script: Script) {
  const { fetch, requests } = createControlledFetch()
  const told: SettledState[] = []
  const schema = {
    '~standard': { version: 1, vendor: 'test', validate: () => script.schema },
  }
  const options: Record<string, unknown> = {
    url: '/',
    fetch: script.thrown === undefined ? fetch : () => rejecting(script.thrown),
    schema,
    ...(script.isResumed && { resume: resumable({ url: () => '/again', attempts: 2, delay: 0 }) }),
    ...(script.isGated && { moderate: moderationGate({ check: () => false }) }),
    onFinish: (result: SettledState) => told.push(result),
    ...script.wrong,
  }
  for (const name of script.getters) {
    Object.defineProperty(options, name, {
      configurable: true,
      enumerable: true,
      get() {
        throw new Error(`no ${name}`)
      },
    })
  }
  const create = script.isObject ? createStreamingObject : createCompletion
  let settled: Promise<SettledState>
  let abort: () => void
  try {
    const completion = create(options as never)
    abort = completion.abort
    settled = completion.start({ a: 1 })
  } catch (thrown) {
    // Thrown synchronously: no run can be created from these options.
    return { result: thrown, told, unanswered: requests }
  }
  let state: SettledState | undefined
  void settled.then((result) => (state = result))
  let answered = 0
  for (let turn = 0; turn < 80 && !state; turn++) {
    await turns(2)
    const request = requests[answered]
    const planned = script.answers[Math.min(answered, script.answers.length - 1)]!
    if (!request) {
      await vi.advanceTimersByTimeAsync(40_000)
      continue
    }
    answered++
    request.respond({ status: planned.status })
    if (planned.body !== '') request.send(planned.body)
    request[planned.end]()
  }
  // Without a timeout, or with an endless delay, the user's abort ends the run.
  abort()
  const result = await settled
  await turns(2)
  return { result, told, unanswered: requests.slice(answered) }
}

test(
  'with any options, a run settles once and leaves no connection open',
  { timeout: 3_600_000 },
  async () => {
    vi.useFakeTimers()
    const outcomes = new Map<string, number>()
    try {
      await fc.assert(
        fc.asyncProperty(scripts, async (script) => {
          const reports: unknown[] = []
          vi.stubGlobal('reportError', (error: unknown) => reports.push(error))
          for (const name of script.missing) vi.stubGlobal(name, undefined)
          if (script.missing.includes('reportError')) {
            vi.stubGlobal('setTimeout', silent(globalThis.setTimeout))
          }
          const { result, told, unanswered } = await play(script)
          vi.unstubAllGlobals()
          const outcome = result instanceof Error ? `throws ${result.name}` : statusOf(result)
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
          expect(told.length).toBeLessThanOrEqual(1)
          const isReplaced = 'onFinish' in script.wrong || script.getters.includes('onFinish')
          if (!(result instanceof Error) && !isReplaced) expect(told).toEqual([result])
          expect(unanswered.map(({ closedByClient }) => closedByClient)).not.toContain(false)
        }),
        { numRuns, seed },
      )
    } finally {
      vi.useRealTimers()
    }
    console.log(`options run: seed=${seed}, ${numRuns} scripts:`, Object.fromEntries(outcomes))
    expect([...outcomes.keys()].length).toBeGreaterThan(6)
  },
)

function statusOf(result: unknown): string {
  const { status, error } = result as SettledState
  return error ? `${status} ${error.kind}` : status
}

/** Without `reportError`, an error of a callback is thrown in a separate timer. */
function silent(set: typeof setTimeout): typeof setTimeout {
  return ((callback: () => void, ...rest: [number?]) =>
    set(
      () => {
        try {
          callback()
        } catch {
          // The error has been thrown as uncaught.
        }
      },
      ...rest,
    )) as typeof setTimeout
}
