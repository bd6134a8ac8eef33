// @vitest-environment node
import { describe, expect, test } from 'vitest'
import type { SettledState } from '../../src/core.ts'
import { bytesOf, readChunks } from '../support/read-body.ts'
import { costOfWhole, linear } from '../support/cost-of-whole.ts'
import { chatChunk, completed, data, done, textDelta } from '../support/wire-text.ts'
import { readObjects } from './support/read-objects.ts'

const size = 10_000

interface Flood {
  events: (size: number) => object[]
  holds: (state: SettledState, size: number) => void
}

const many = (size: number, event: (index: number) => object) =>
  Array.from({ length: size }, (_, index) => event(index))

const call = (index: number) => ({
  type: 'function_call',
  call_id: `call_${index}`,
  name: 'f',
  arguments: '{}',
})

const citation = { type: 'file_path', file_id: 'f' }

const floods: Record<string, Flood> = {
  'tool calls of a chat': {
    events: (size) => [
      ...many(size, (index) =>
        chatChunk({
          tool_calls: [{ index, id: `call_${index}`, function: { name: 'f', arguments: '{}' } }],
        }),
      ),
      chatChunk({}, 'tool_calls'),
    ],
    holds: ({ toolCalls }, size) => expect(toolCalls).toHaveLength(size),
  },
  'tool calls of a response, and all of them again': {
    events: (size) => [
      ...many(size, (index) => ({
        type: 'response.output_item.done',
        output_index: index,
        item: call(index),
      })),
      completed(many(size, call)),
    ],
    holds: ({ toolCalls }, size) => expect(toolCalls).toHaveLength(size),
  },
  'items in reverse order': {
    events: (size) => [...many(size, (index) => textDelta('a', size - index)), completed()],
    holds: ({ output, text }, size) => expect([output.length, text.length]).toEqual([size, size]),
  },
  'parts of a message in reverse order': {
    events: (size) => [...many(size, (index) => textDelta('a', 0, size - index)), completed()],
    holds: ({ text }, size) => expect(text).toHaveLength(size),
  },
  choices: {
    events: (size) => [
      ...many(size, (index) => ({ choices: [{ index, delta: { content: 'a' } }] })),
      ...many(size, (index) => ({ choices: [{ index, delta: {}, finish_reason: 'stop' }] })),
    ],
    holds: ({ choices }, size) => expect(choices).toHaveLength(size),
  },
  citations: {
    events: (size) => [
      ...many(size, (index) => ({
        type: 'response.output_text.annotation.added',
        output_index: 0,
        content_index: 0,
        annotation_index: index,
        annotation: citation,
      })),
      completed(),
    ],
    holds: ({ annotations }, size) => expect(annotations).toHaveLength(size),
  },
}

describe.each(Object.entries(floods))('10,000 %s', (_, { events, holds }) => {
  test('are all read, at about the cost of their quarters', { timeout: 60_000 }, async () => {
    const options = { limits: { textLength: 1_000_000 } }
    const cost = await costOfWhole(size, 4, async (size) => {
      const state = await readObjects(events(size), options)
      expect(state.status).toBe('complete')
      holds(state, size)
    })
    expect(cost).toBeLessThan(linear(4))
  })
})

describe('a list that is too long for the arguments of a call', () => {
  const long = 300_000

  test('of citations', async () => {
    const annotations = Array.from({ length: long }, () => citation)
    const item = { type: 'message', content: [{ type: 'output_text', text: 'ab', annotations }] }
    const state = await readObjects([completed([item])])
    expect(state).toMatchObject({ status: 'complete', text: 'ab' })
    expect(state.annotations).toHaveLength(long)
  })

  test('of the output of a shell command', async () => {
    const output = Array.from({ length: long }, () => ({ stdout: 'a', stderr: '' }))
    const state = await readObjects([
      { type: 'response.shell_call_output_content.done', output_index: 0, output },
      textDelta('ab', 1),
      completed(),
    ])
    expect(state).toMatchObject({ status: 'complete', text: 'ab' })
  })

  test('of log probabilities', async () => {
    const content = Array.from({ length: long }, () => ({ token: 'a' }))
    const choice = { index: 0, delta: { content: 'ab' }, logprobs: { content } }
    const state = await readObjects([{ choices: [{ ...choice, finish_reason: 'stop' }] }])
    expect(state.logprobs).toHaveLength(long)
  })
})

describe('nesting 10,000 deep', () => {
  const deep = '{"a":['.repeat(size / 2) + '1' + ']}'.repeat(size / 2)
  const withDeep = (value: object) => data(JSON.stringify(value).replaceAll('"DEEP"', deep))
  const read = (...events: string[]) => readChunks([bytesOf(events.join(''))])

  test('inside an item, a part, a citation and an event', async () => {
    const item = {
      type: 'message',
      metadata: 'DEEP',
      content: [
        { type: 'output_text', text: 'ab', annotations: [{ x: 'DEEP' }], logprobs: 'DEEP' },
      ],
    }
    const state = await read(
      withDeep({ type: 'response.output_item.added', output_index: 0, item }),
      withDeep({ ...textDelta('c', 1), extra: 'DEEP' }),
      withDeep({ type: 'response.output_item.done', output_index: 0, item }),
      withDeep({ type: 'response.unknown', value: 'DEEP' }),
      withDeep(completed([item, { type: 'message', content: [] }])),
    )
    expect(state).toMatchObject({ status: 'complete', text: 'abc' })
  })

  test('inside a chunk, a choice, a delta and the usage', async () => {
    const chunk = {
      extra: 'DEEP',
      usage: { x: 'DEEP', total_tokens: 1 },
      moderation: { output: 'DEEP' },
      choices: [{ index: 0, extra: 'DEEP', delta: { content: 'ab', reasoning: 'DEEP' } }],
    }
    const state = await read(withDeep(chunk), done)
    expect(state).toMatchObject({ status: 'complete', text: 'ab', usage: { totalTokens: 1 } })
  })

  test('inside an error, which can still be shown', async () => {
    const state = await read(data(chatChunk({ content: 'ab' })), withDeep({ error: { x: 'DEEP' } }))
    expect(state).toMatchObject({ status: 'error', error: { kind: 'api' }, text: 'ab' })
    expect(state.error?.message).not.toBe('')
  })

  test('inside events that no format recognises', async () => {
    const value = JSON.parse(deep) as object
    expect((await read(withDeep({ x: 'DEEP' }))).error?.kind).toBe('protocol')
    expect((await readObjects([{ x: value }])).error?.kind).toBe('protocol')
    expect((await readObjects([[value]])).error?.kind).toBe('protocol')
  })
})
