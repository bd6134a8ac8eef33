import { describe, expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'
import {
  chatChunk,
  completed,
  data,
  done,
  responsesStream,
  textDelta,
} from '../support/wire-text.ts'

test('row 22: [DONE] alone is a complete answer without text or finish reason', async () => {
  expect(await readEveryWay(done)).toMatchObject({
    status: 'complete',
    text: '',
    finishReason: undefined,
    rawFinishReason: undefined,
    output: [],
  })
})

describe('row 30: an incomplete response is complete with its finish reason', () => {
  test.each([
    ['max_output_tokens', 'length'],
    ['content_filter', 'content-filter'],
    ['something_new', 'other'],
  ])('%s', async (reason, finishReason) => {
    const incomplete = {
      type: 'response.incomplete',
      response: { status: 'incomplete', incomplete_details: { reason } },
    }
    expect(await readEveryWay(responsesStream(textDelta('Half'), incomplete))).toMatchObject({
      status: 'complete',
      text: 'Half',
      finishReason,
      rawFinishReason: reason,
    })
  })
})

test('row 31: unknown event types change nothing', async () => {
  const unknown = { type: 'response.metadata', metadata: { text: 'No.' }, delta: 'No.' }
  const body = responsesStream(unknown, textDelta('Yes'), unknown, completed())
  expect(await readEveryWay(body)).toMatchObject({ status: 'complete', text: 'Yes' })
})

describe('row 34: a whole JSON completion with [DONE] after it', () => {
  const json = {
    id: 'chat_1',
    object: 'chat.completion',
    choices: [
      { index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' },
    ],
  }
  test.each(['text/event-stream', 'application/json', null])('as %s', async (contentType) => {
    const body = `${JSON.stringify(json)}\ndata: [DONE]\n\n`
    expect(await readEveryWay(body, { contentType })).toMatchObject({
      status: 'complete',
      text: 'Hello',
      finishReason: 'stop',
    })
  })
})

describe('row 35: interleaved events are a protocol error', () => {
  test('in a Chat stream', async () => {
    const corrupt =
      'data: {"choices":[{"index":0,"delta":{"role":"adata: {"id":"chat_1","choices":[]}\n\n'
    const body = data(chatChunk({ content: 'Half' })) + corrupt + done
    expect(await readEveryWay(body)).toMatchObject({
      status: 'error',
      text: 'Half',
      error: { kind: 'protocol' },
    })
  })

  test('in a Responses stream, whose events have names', async () => {
    const corrupt =
      'event: response.output_text.delta\ndata: {"type":"response.output_tedata: {"type":"\n\n'
    const body = responsesStream(textDelta('Half')) + corrupt + responsesStream(completed())
    expect(await readEveryWay(body)).toMatchObject({
      status: 'error',
      text: 'Half',
      error: { kind: 'protocol' },
    })
  })
})

describe('row 36: a guardrail or a gateway cuts the stream', () => {
  const body = [chatChunk({ content: 'Ha' }), chatChunk({ content: 'lf' })].map(data).join('')

  test('with a connection reset: a network error', async () => {
    const breaksWith = new TypeError('terminated')
    expect(await readEveryWay(body, { breaksWith })).toMatchObject({
      status: 'error',
      text: 'Half',
      error: { kind: 'network' },
    })
  })

  test('with a clean end: truncated', async () => {
    expect(await readEveryWay(body)).toMatchObject({
      status: 'error',
      text: 'Half',
      error: { kind: 'truncated' },
    })
  })
})
