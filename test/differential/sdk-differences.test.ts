// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { bytesOf, readChunks } from '../support/read-body.ts'
import { itemAdded, message } from '../support/responses-items.ts'
import {
  chatChunk,
  completed,
  data,
  done,
  responsesStream,
  textDelta,
} from '../support/wire-text.ts'
import { ofResponse } from './support/comparable.ts'
import { accumulateChat, accumulateResponse } from './support/sdk.ts'

const created = {
  type: 'response.created',
  response: { id: 'resp_1', object: 'response', model: 'm', status: 'in_progress', output: [] },
}

const opened = [
  created,
  itemAdded(0, { ...message(), id: 'item_0', status: 'in_progress' }),
  {
    type: 'response.content_part.added',
    item_id: 'item_0',
    output_index: 0,
    content_index: 0,
    part: { type: 'output_text', text: '', annotations: [] },
  },
]

const delta = { ...textDelta('Hello'), item_id: 'item_0', logprobs: [] }

const incomplete = {
  type: 'response.incomplete',
  response: { ...created.response, status: 'incomplete', output: null },
}

async function both(events: object[]) {
  const chunks = [bytesOf(responsesStream(...events))]
  return { ours: await readChunks(chunks), theirs: await accumulateResponse(chunks) }
}

async function bothChats(chunks: object[], end = done) {
  const body = [bytesOf(chunks.map(data).join('') + end)]
  return { ours: await readChunks(body), theirs: await accumulateChat(body) }
}

describe('where the openai package throws on what is legal, the stream is read', () => {
  test('an event of a type that it does not know yet', async () => {
    const { ours, theirs } = await both([
      ...opened,
      delta,
      { type: 'response.new.thing' },
      incomplete,
    ])
    expect(theirs.thrown?.message).toMatch(/Unhandled response stream event/)
    expect(ours).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('deltas whose part no event has opened, as many servers send them', async () => {
    const { ours, theirs } = await both([...opened.slice(0, 2), delta, completed()])
    expect(theirs.thrown?.message).toMatch(/missing content/)
    expect(ours).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('a stream that begins in its middle, as one that is resumed does', async () => {
    const { ours, theirs } = await both([delta, completed()])
    expect(theirs.thrown?.message).toMatch(/expected 'response.created'/)
    expect(ours).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('[DONE] without a finish reason is a proper end, with no reason known', async () => {
    const { ours, theirs } = await bothChats([chatChunk({ role: 'assistant', content: 'Hi' })])
    expect(theirs.thrown?.message).toMatch(/missing finish_reason/)
    expect(ours).toMatchObject({ status: 'complete', text: 'Hi', finishReason: undefined })
  })

  test('a chat whose server names no role', async () => {
    const { ours, theirs } = await bothChats([chatChunk({ content: 'Hi' }, 'stop')])
    expect(theirs.thrown?.message).toMatch(/missing role/)
    expect(ours).toMatchObject({ status: 'complete', text: 'Hi' })
  })

  test('a tool call without an index', async () => {
    const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }
    const { ours, theirs } = await bothChats([
      chatChunk({ role: 'assistant', tool_calls: [call] }, 'tool_calls'),
    ])
    expect(theirs.thrown?.message).toMatch(/invalid tool call index/)
    expect(ours.toolCalls).toMatchObject([{ id: 'a', name: 'f', arguments: '{}' }])
  })
})

describe('where the openai package tells less than there is, the state tells it', () => {
  test('a stream that was cut is no result', async () => {
    const { ours, theirs } = await both([...opened, delta])
    expect(theirs.result?.status).toBe('in_progress')
    expect(ours).toMatchObject({ status: 'error', error: { kind: 'truncated' }, text: 'Hello' })
  })

  test('a failed response is an error', async () => {
    const failed = { ...created.response, status: 'failed', error: { message: 'Sorry.' } }
    const { ours, theirs } = await both([
      ...opened,
      delta,
      { type: 'response.failed', response: failed },
    ])
    expect(theirs.result?.status).toBe('failed')
    expect(ours).toMatchObject({ status: 'error', error: { kind: 'api', message: 'Sorry.' } })
    expect([ofResponse(theirs.result!).text, ours.text]).toEqual(['', 'Hello'])
  })

  test('an empty text that claims to be whole takes nothing back', async () => {
    const whole = { type: 'response.output_text.done', item_id: 'item_0', output_index: 0 }
    const { ours, theirs } = await both([
      ...opened,
      delta,
      { ...whole, content_index: 0, text: '', logprobs: [] },
      incomplete,
    ])
    expect(ofResponse(theirs.result!).text).toBe('')
    expect(ours.text).toBe('Hello')
  })

  test('the preview of an image, and what a listing or a compaction is at', async () => {
    const place = (index: number) => ({ item_id: `item_${index}`, output_index: index })
    const item = (index: number, type: string) =>
      itemAdded(index, { id: `item_${index}`, type, result: null, status: 'in_progress' })
    const { ours, theirs } = await both([
      created,
      item(0, 'image_generation_call'),
      item(1, 'mcp_list_tools'),
      {
        type: 'response.image_generation_call.partial_image',
        ...place(0),
        partial_image_b64: 'AAAA',
        partial_image_index: 0,
      },
      { type: 'response.mcp_list_tools.failed', ...place(1) },
      incomplete,
    ])
    expect(theirs.result?.output).toMatchObject([
      { status: 'in_progress' },
      { status: 'in_progress' },
    ])
    expect(theirs.result?.output[0]).not.toHaveProperty('partial_image_b64')
    expect(ours.output).toMatchObject([{ partial_image_b64: 'AAAA' }, { status: 'failed' }])
  })
})

test('a spoken answer without a finish reason: the package supplies one, here none is known', async () => {
  const audio = (fields: object) => chatChunk({ role: 'assistant', audio: fields })
  const { ours, theirs } = await bothChats([
    audio({ id: 'a', transcript: 'Good day', data: 'UklGRg==' }),
    chatChunk({ audio: { expires_at: 1 } }),
  ])
  const [choice] = theirs.result!.choices
  expect([choice?.finish_reason, choice?.message.audio?.transcript]).toEqual(['stop', 'Good day'])
  expect(ours).toMatchObject({
    status: 'complete',
    transcript: 'Good day',
    finishReason: undefined,
  })
})
