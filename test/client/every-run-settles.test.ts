import { describe, expect, test } from 'vitest'
import {
  createCompletion,
  moderationGate,
  readCompletion,
  resumable,
  type CompletionFormat,
  type CompletionOptions,
} from '../../src/core.ts'
import { bodyOf, eventStream, textChunk } from './support/chat.ts'
import { collectReports } from './support/collect-reports.ts'
import { errorOf } from './support/expect-error.ts'
import { stopTheClock, pass } from './support/fake-time.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

/** Options that the types do not allow. */
const wrong = (options: object) => options as CompletionOptions<string>

async function afterStatus(status: number, options: CompletionOptions<string>) {
  stopTheClock()
  const { client, requests } = observe<string>(options)
  const settled = client.start('a')
  await turns()
  requests[0]!.respond({ status })
  requests[0]!.end()
  await pass(0)
  return { settled, requests, client }
}

describe('an option of a wrong type: the run settles with the error of the server', () => {
  test.each<[string, object]>([
    ['retry: null', { retry: null }],
    ['retry: true', { retry: 'no' }],
    ['statuses: a number', { retry: { attempts: 3, statuses: 500 } }],
    ['statuses: an empty set', { retry: { attempts: 3, statuses: new Set() } }],
    ['statuses of resumable: null', { resume: resumable({ statuses: null } as object) }],
  ])('%s', async (_, options) => {
    const { settled } = await afterStatus(500, wrong(options))
    const state = await settled
    expect(state.status).toBe('error')
    expect(['http', 'app']).toContain(state.error!.kind)
  })

  test.each<[string, object]>([
    ['a set', { attempts: 1, statuses: new Set([500]) }],
    ['null', { attempts: 1, statuses: null }],
  ])('statuses may be %s', async (_, retry) => {
    const { requests } = await afterStatus(500, wrong({ retry }))
    await pass(1000)
    expect(requests).toHaveLength(2)
  })
})

describe('an option whose getter throws', () => {
  const names = [
    'url',
    'source',
    'method',
    'headers',
    'credentials',
    'body',
    'fetch',
    'format',
    'timeouts',
    'retry',
    'resume',
    'moderate',
    'publish',
    'limits',
    'onEvent',
    'keepPreviousText',
  ] as const

  test.each(names)('%s: the run settles, and every callback is called once', async (name) => {
    const { client, reports } = observe<string>({ url: '/', publish: 'frame' })
    let isBroken = true
    const options = {
      url: '/',
      fetch: async () => new Response(null, { status: 500 }),
      onFinish: () => undefined,
    }
    const settled = new Promise<string>((resolve) => {
      const broken = Object.defineProperty({ ...options }, name, {
        get() {
          if (isBroken) throw new Error(`no ${name}`)
          return undefined
        },
      })
      client.setOptions({ ...options })
      // Without the helper, which copies options and thereby calls every getter.
      const raw = readableClient(broken)
      void raw.start('a').then(({ status, error }) => resolve(`${status} ${error?.kind}`))
    })
    expect(['error app', 'error http']).toContain(await settled)
    isBroken = false
    // After the run has settled, an option that throws again is reported like a callback.
    for (const report of reports.splice(0)) expect(String(report)).toContain(`no ${name}`)
  })

  function readableClient(options: object) {
    return createCompletion(wrong(options))
  }

  test('a callback whose getter throws does not prevent a promise from resolving', async () => {
    const reports = collectReports()
    const { start } = createCompletion<string>({
      url: '/',
      fetch: async () => new Response(null, { status: 500 }),
      get onFinish(): undefined {
        throw new Error('no onFinish')
      },
      get onError(): undefined {
        throw new Error('no onError')
      },
    })
    expect((await start('a')).status).toBe('error')
    expect(reports.map((report) => (report as Error).message)).toEqual([
      'The option onError threw an error: no onError',
      'The option onFinish threw an error: no onFinish',
    ])
    reports.length = 0
  })

  test('of readCompletion: its result resolves too', async () => {
    const { result } = readCompletion(eventStream(bodyOf(textChunk('a'))), {
      get limits(): undefined {
        throw new Error('no limits')
      },
    })
    expect(errorOf(await result)).toMatchObject({ kind: 'app', message: /limits/ })
  })
})

describe('an unreadable value', () => {
  const rejecting = async (thrown: unknown): Promise<never> => {
    throw thrown
  }

  const unreadable = (name: string) =>
    Object.defineProperty(new Error('x'), name, {
      get() {
        throw new Error('unreadable')
      },
    })

  test.each(['message', 'name', 'stack', 'cause', 'code', 'status', 'error'])(
    'an error whose %s cannot be read, thrown by a source, ends the run',
    async (name) => {
      const { client } = observe<string>({
        source() {
          throw unreadable(name)
        },
      })
      expect((await client.start('a')).status).toBe('error')
    },
  )

  test.each([undefined, null, 0, '', Symbol('x'), () => 1, Object.create(null)])(
    'a source that throws %s ends the run',
    async (thrown) => {
      const { client } = observe<string>({ source: () => rejecting(thrown) })
      expect((await client.start('a')).status).toBe('error')
    },
  )

  test('an object whose every access throws ends the run', async () => {
    const proxy = new Proxy(
      {},
      {
        get() {
          throw new Error('no')
        },
        has() {
          throw new Error('no')
        },
        getPrototypeOf() {
          throw new Error('no')
        },
      },
    )
    const { client } = observe<string>({ source: () => rejecting(proxy) })
    expect((await client.start('a')).status).toBe('error')
  })

  test.each(Array.from({ length: 12 }, (_, reads) => reads))(
    'an item with a part that cannot be read any more after %i times ends the run',
    async (reads) => {
      let left = reads
      const part = new Proxy(
        { type: 'output_text', text: 'Hi', annotations: [] },
        {
          get(target, name) {
            if (left-- <= 0) throw new Error('unreadable')
            return Reflect.get(target, name) as unknown
          },
        },
      )
      const item = { type: 'message', role: 'assistant', content: [part] }
      const { client } = observe<string>({
        async *source() {
          yield { type: 'response.output_item.done', output_index: 0, item }
          throw new Error('broken')
        },
      })
      expect((await client.start('a')).status).toBe('error')
    },
  )
})

describe('behind a gate', () => {
  test('an item nested 20,000 deep is read', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    const item = `{"type":"web_search_call","id":"ws_1","action":${deep}}`
    const body =
      `data: {"type":"response.output_item.done","output_index":0,"item":${item}}\n\n` +
      'data: {"type":"response.completed","response":{"id":"resp_1","output":[]}}\n\n'
    let checks = 0
    const { result } = readCompletion(eventStream(body), {
      moderate: moderationGate({ check: () => (checks++, false) }),
    })
    const state = await result
    expect(['complete', 'error']).toContain(state.status)
    expect(state.status === 'complete' ? 'complete' : state.error?.kind).toMatch(
      /^(complete|moderation)$/,
    )
    expect(checks).toBeLessThan(10)
  })

  const emitting = (value: object): CompletionFormat => ({
    name: 'wrong',
    properEnd: 'never',
    createReader: () => ({
      read(event, emit) {
        emit({
          type: 'delta',
          choice: 0,
          item: 0,
          part: 0,
          channel: 'output_text',
          delta: event.data,
        })
        if (event.data === 'b') emit(value as never)
      },
      end: (emit) => emit({ type: 'complete' }),
    }),
  })

  test.each<[string, object]>([
    [
      'an unknown channel',
      { type: 'delta', choice: 0, item: 0, part: 0, channel: 'x', delta: 'y' },
    ],
    [
      'a delta that is not a string',
      { type: 'delta', choice: 0, item: 0, part: 0, channel: 'output_text' },
    ],
    ['an item that is null', { type: 'item-added', choice: 0, item: 1, value: null }],
    ['an output without items', { type: 'output-done', choice: 0 }],
  ])('a format that emits %s while a check runs ends the run', async (_, value) => {
    let answer!: () => void
    const { client } = observe<string>({
      source: () => eventStream('data: a\n\ndata: b\n\n'),
      format: emitting(value),
      moderate: moderationGate({
        every: 1,
        check: () => new Promise((resolve) => (answer = () => resolve(false))),
      }),
    })
    const settled = client.start('a')
    for (let turn = 0; turn < 5; turn++) {
      await turns()
      answer()
    }
    const state = await settled
    expect(state.status).toMatch(/^(error|complete)$/)
  })
})
