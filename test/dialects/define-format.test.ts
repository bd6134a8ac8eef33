import { describe, expect, test } from 'vitest'
import { defineFormat, defineStatefulFormat, type FormatOutput } from '../../src/core.ts'
import { readEveryWay } from '../support/read-body.ts'
import { data } from '../support/wire-text.ts'

/** A format whose events name the methods of `output` to call, with their arguments. */
const calling = defineFormat<Partial<Record<keyof FormatOutput, unknown[]>>>({
  name: 'calling',
  properEnd: 'an end',
  read({ json = {} }, output) {
    const methods = output as unknown as Record<string, (...values: unknown[]) => void>
    for (const [method, values] of Object.entries(json)) methods[method]?.(...values)
  },
})

const read = (...events: object[]) => readEveryWay(events.map(data).join(''), { format: calling })

test('texts of different keys are different items, in the order in which they began', async () => {
  const outcome = await read(
    { reasoning: ['Hm.'] },
    { text: ['A', 'a'] },
    { text: ['B', 'b'] },
    { text: ['A', 'a'] },
    { refusal: ['No.'] },
    { end: [] },
  )
  expect(outcome).toMatchObject({
    status: 'complete',
    text: 'AAB',
    reasoning: 'Hm.',
    refusal: 'No.',
  })
  expect(outcome.output).toHaveLength(4)
})

test('an empty delta opens nothing', async () => {
  const outcome = await read({ text: [''] }, { reasoning: [''] }, { end: [] })
  expect(outcome.output).toEqual([])
})

test('a waiting approval is the finish reason if the end has none', async () => {
  const outcome = await read({ approval: [{ id: 'a' }] }, { end: [] })
  expect(outcome).toMatchObject({ status: 'complete', finishReason: 'approval' })
})

test('an event that looks like an error is ignored if the format accepts it', async () => {
  const tool = { type: 'tool_error', message: 'No luck.' }
  expect(await read(tool)).toMatchObject({ error: { kind: 'api', message: 'No luck.' } })
  expect(await read({ ...tool, ignore: [] }, { text: ['Hi'] }, { end: [] })).toMatchObject({
    status: 'complete',
    text: 'Hi',
  })
  expect(await read({ ...tool, ignore: [] }, tool)).toMatchObject({ error: { kind: 'api' } })
})

test('partial usage is merged', async () => {
  const outcome = await read(
    { usage: [{ inputTokens: 3 }] },
    { usage: [{ outputTokens: 4 }] },
    { end: [] },
  )
  expect(outcome.usage).toMatchObject({ inputTokens: 3, outputTokens: 4 })
})

test('a complete input replaces different pieces, and a string is used unchanged', async () => {
  const outcome = await read(
    { toolCall: [{ id: 'a', name: 't', arguments: '{"x": 1}' }] },
    { toolCall: [{ id: 'a', input: { x: 1 }, status: 'completed' }] },
    { toolCall: [{ id: 'b', name: 't', arguments: '{' }] },
    { toolCall: [{ id: 'b', input: { y: 2 } }] },
    { toolCall: [{ id: 'c', name: 't', input: 'raw', status: 'failed' }] },
    { end: [] },
  )
  expect(outcome.toolCalls).toMatchObject([
    { id: 'a', arguments: '{"x": 1}', status: 'completed' },
    { id: 'b', arguments: '{"y":2}', status: 'completed' },
    { id: 'c', arguments: 'raw', status: 'failed' },
  ])
})

test('an item is replaced by its key, and a citation belongs to its text', async () => {
  const outcome = await read(
    { text: ['A'] },
    { annotation: [{ type: 'url_citation', url: 'u' }] },
    { item: ['k', { type: 'chart', points: [1], old: true }] },
    { item: ['k', { type: 'chart', points: [1, 2] }] },
    { end: [] },
  )
  expect(outcome.annotations).toEqual([{ type: 'url_citation', url: 'u' }])
  expect(outcome.output.slice(1)).toEqual([{ type: 'chart', points: [1, 2] }])
})

describe('ends properly', () => {
  test('only with finish() or end()', async () => {
    expect(await read({ text: ['A'] }, { end: ['length'] })).toMatchObject({
      finishReason: 'length',
    })
    expect(await read({ text: ['A'] }, { finish: [] }, { text: ['B'] })).toMatchObject({
      status: 'complete',
      text: 'AB',
    })
    const cut = await read({ text: ['A'] })
    expect(cut).toMatchObject({ status: 'error', text: 'A', error: { kind: 'truncated' } })
    expect(cut.error?.message).toContain('an end')
  })

  test('but not after reopen()', async () => {
    expect(await read({ finish: ['stop'] }, { reopen: [] })).toMatchObject({
      error: { kind: 'truncated' },
    })
    expect(await read({ finish: [] }, { reopen: [] }, { finish: [] })).toMatchObject({
      status: 'complete',
    })
  })
})

test('resetStep() removes everything written since startStep(), and keys can be reused', async () => {
  const outcome = await read(
    { text: ['One. ', 'a'] },
    { startStep: [] },
    {
      text: ['Half', 'b'],
      reasoning: ['Hm.'],
      toolCall: [{ id: 'c', name: 't', input: { a: 1 } }],
    },
    { resetStep: [] },
    { text: ['Two.', 'b'], toolCall: [{ id: 'c', name: 't', input: { b: 2 } }] },
    { finish: [] },
  )
  expect(outcome).toMatchObject({
    status: 'complete',
    text: 'One. Two.',
    reasoning: '',
    toolCalls: [{ id: 'c', arguments: '{"b":2}' }],
  })
})

test('an error is detected automatically, or reported by fail()', async () => {
  expect(await read({ fail: ['No luck.'] })).toMatchObject({
    error: { kind: 'api', message: 'No luck.' },
  })
  const plain = defineFormat({ name: 'plain', read: () => undefined })
  expect(await readEveryWay(data({ error: 'No luck.' }), { format: plain })).toMatchObject({
    error: { kind: 'api', message: 'No luck.' },
  })
})

test('an error thrown by read() is an app error with its message', async () => {
  const throwing = defineFormat({
    name: 'throwing',
    read() {
      throw new TypeError('token is not a string')
    },
  })
  const { error } = await readEveryWay(data({}), { format: throwing })
  expect(error?.kind).toBe('app')
  expect(error?.message).toContain('token is not a string')
})

test('a stateful format has a new state for every stream', async () => {
  const counting = defineStatefulFormat({
    name: 'counting',
    createRead() {
      let count = 0
      return (_, output) => {
        output.text(String(++count))
        if (count === 2) output.end()
      }
    },
  })
  const body = data({}) + data({})
  for (let time = 0; time < 2; time++) {
    expect(await readEveryWay(body, { format: counting })).toMatchObject({ text: '12' })
  }
})
