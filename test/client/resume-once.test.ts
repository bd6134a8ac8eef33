import { beforeEach, describe, expect, test } from 'vitest'
import { defineFormat, moderationGate, type CompletionFormat } from '../../src/core.ts'
import { finishChunk, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { pass, stopTheClock } from './support/fake-time.ts'
import { observe } from './support/observe.ts'
import { responseBody, withIds } from './support/responses-stream.ts'
import { events, started, text } from './support/resuming.ts'
import { turns } from './support/turns.ts'

beforeEach(stopTheClock)

const chunks = [...['0 ', '1 ', '2 ', '3 ', '4 '].map(textChunk), finishChunk()]
const counted = '0 1 2 3 4 '

/** The state after a first stream that breaks, and a second stream when it is reopened. */
async function afterReopening(first: string, second: string, format?: CompletionFormat) {
  const { serve, settled } = await started({}, { format })
  await serve(0, first)
  await pass(1000)
  await serve(1, second, 'end')
  await pass(100_000)
  return settled
}

describe.each([
  ['ids', (from: number, to?: number) => withIds(chunks, from, to), chunks.length, counted],
  ['numbers', (from: number, to?: number) => responseBody(events, from, to), events.length, text],
] as const)('events that took effect, known by %s', (_, body, length, whole) => {
  for (let seen = 1; seen < length; seen++) {
    test.each(Array.from({ length: seen + 1 }, (_, from) => from))(
      `after ${seen}, sent again from event %i on, take no effect again`,
      async (from) => {
        const state = await afterReopening(body(0, seen), body(from))
        expect(state).toMatchObject({ status: 'complete', text: whole })
      },
    )
  }
})

test('the arguments of a call are not doubled', async () => {
  const call = (fields: object) => ({
    id: 'chatcmpl-1',
    choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...fields }] } }],
  })
  const pieces = [
    call({ id: 'c', function: { name: 'pay', arguments: '{"amount":' } }),
    call({ function: { arguments: '10' } }),
    call({ function: { arguments: '}' } }),
    finishChunk('tool_calls'),
  ]
  const state = await afterReopening(withIds(pieces, 0, 2), withIds(pieces, 0))
  expect(state.toolCalls[0]!.arguments).toBe('{"amount":10}')
})

describe('a reopened stream with an unknown position is an error', () => {
  const unnumbered = events.map(({ ...event }) => {
    Reflect.deleteProperty(event, 'sequence_number')
    return event
  })
  const renumbered = events.slice(4).map((event, index) => ({ ...event, sequence_number: index }))
  const foreign = events.map((event, index) =>
    index === 0 ? { ...event, response: { id: 'resp_2' }, sequence_number: 4 } : event,
  )

  test.each([
    ['without ids, if there were ids before', withIds(chunks, 0, 3), responseBody(chunks)],
    ['with other events under the same ids', withIds(chunks, 0, 3), withIds(chunks.slice(3))],
    [
      'without numbers, if there were numbers before',
      responseBody(events, 0, 4),
      responseBody(unnumbered),
    ],
    ['numbered anew', responseBody(events, 0, 4), responseBody(renumbered)],
    ['of another response', responseBody(events, 0, 4), responseBody([foreign[0]!])],
  ])('%s', async (_, first, second) => {
    const state = await afterReopening(first, second)
    expect(errorOf(state).kind).toBe('protocol')
    expect(counted.startsWith(state.text) || text.startsWith(state.text)).toBe(true)
  })

  test.each<[string, object, object]>([
    ['has no type', { token: 'a ' }, { token: 'b ' }],
    ['has the same type', { type: 'token', text: 'a ' }, { type: 'token', text: 'b ' }],
  ])('renumbered, if each event %s and has its text anywhere', async (_, one, other) => {
    const format = defineFormat<{ token?: string; text?: string }>({
      name: 'own',
      read({ json }, output) {
        if (json?.token) output.text(json.token)
        if (json?.text) output.text(json.text)
      },
    })
    const state = await afterReopening(withIds([one, one]), withIds([other, one]), format)
    expect(errorOf(state).kind).toBe('protocol')
    expect(state.text).toBe('a a ')
  })

  test('from its beginning, under other ids', async () => {
    const role = {
      id: 'chatcmpl-1',
      choices: [{ index: 0, delta: { role: 'assistant', content: '' } }],
    }
    const whole = [role, ...chunks]
    const others = withIds(whole).replaceAll('id: e', 'id: other')
    const state = await afterReopening(withIds(whole, 0, 3), others)
    expect(errorOf(state).kind).toBe('protocol')
    expect(state.text).toBe('0 1 ')
  })

  test('from its beginning, after events that took effect under other ids', async () => {
    const first = withIds(chunks, 0, 1) + withIds(chunks, 1, 3).replaceAll('id: e', 'id: other')
    const state = await afterReopening(first, withIds(chunks))
    expect(errorOf(state).kind).toBe('protocol')
    expect(state.text).toBe('0 1 2 ')
  })

  test('but not if ids of another kind continue where the others ended', async () => {
    const others = withIds(chunks, 3).replaceAll('id: e', 'id: other')
    const state = await afterReopening(withIds(chunks, 0, 3), others)
    expect(state).toMatchObject({ status: 'complete', text: counted })
  })

  test('but not if it consists of the end marker alone', async () => {
    const state = await afterReopening(withIds(chunks), 'data: [DONE]\n\n')
    expect(state).toMatchObject({ status: 'complete', text: counted })
  })
})

test('an event that is sent again with different padding is the same event', async () => {
  const padded = (pad: string) =>
    events.map((event) => ('delta' in event ? { ...event, obfuscation: pad } : event))
  const state = await afterReopening(responseBody(padded('abc'), 0, 5), responseBody(padded('xyz')))
  expect(state).toMatchObject({ status: 'complete', text })
})

test('checkpoint: null means no checkpoint, and the input is sent', async () => {
  const { client, requests } = observe<string>()
  void client.start('a', { checkpoint: null })
  await turns()
  expect(requests.map(({ init }) => [init.method, init.body])).toEqual([['POST', '{"input":"a"}']])
})

test('a flag while a stream is being reopened closes that request too', async () => {
  let flag!: () => void
  const moderate = moderationGate({
    every: 1,
    check: () => new Promise((resolve) => (flag = () => resolve(true))),
  })
  const { serve, settled, requests } = await started({}, { moderate })
  await serve(0, responseBody(events, 0, 4))
  await pass(1000)
  expect(requests).toHaveLength(2)
  flag()
  expect(errorOf(await settled).kind).toBe('moderation')
  await turns()
  expect(requests[1]!.closedByClient).toBe(true)
})

test('a total timeout while a stream is being reopened closes that request too', async () => {
  const { serve, settled, requests } = await started({}, { timeouts: { total: 5000 } })
  await serve(0, responseBody(events, 0, 4))
  await pass(1000)
  await pass(5000)
  expect(errorOf(await settled)).toMatchObject({ kind: 'timeout', timeout: 'total' })
  expect(requests[1]!.closedByClient).toBe(true)
})
