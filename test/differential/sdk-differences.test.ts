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

describe('valid streams that the openai package rejects are read', () => {
  test('an event of an unknown type', async () => {
    const { ours, theirs } = await both([
      ...opened,
      delta,
      { type: 'response.new.thing' },
      incomplete,
    ])
    expect(theirs.thrown?.message).toMatch(/Unhandled response stream event/)
    expect(ours).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('deltas of a part that no event has opened, as many servers send them', async () => {
    const { ours, theirs } = await both([...opened.slice(0, 2), delta, completed()])
    expect(theirs.thrown?.message).toMatch(/missing content/)
    expect(ours).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('a stream that begins in the middle, like a resumed one', async () => {
    const { ours, theirs } = await both([delta, completed()])
    expect(theirs.thrown?.message).toMatch(/expected 'response.created'/)
    expect(ours).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('[DONE] without a finish reason, which is a proper end with an unknown reason', async () => {
    const { ours, theirs } = await bothChats([chatChunk({ role: 'assistant', content: 'Hi' })])
    expect(theirs.thrown?.message).toMatch(/missing finish_reason/)
    expect(ours).toMatchObject({ status: 'complete', text: 'Hi', finishReason: undefined })
  })

  test('a chat without a role', async () => {
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

describe('the state contains what the openai package omits', () => {
  test('a cut stream is not a result', async () => {
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

  test('an empty authoritative text removes nothing', async () => {
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

  test('the preview of an image, and the progress of a listing or a compaction', async () => {
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

test('a spoken answer without a finish reason, for which the package makes one up', async () => {
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
