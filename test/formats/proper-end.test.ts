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

const truncated = { status: 'error', text: 'Hi', error: { kind: 'truncated' } }
const complete = { status: 'complete', text: 'Hi' }

describe('a Responses stream ends properly with its terminal event and with nothing else', () => {
  const hi = responsesStream(textDelta('Hi'))
  const finishedItem = responsesStream(
    { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Hi' },
    {
      type: 'response.output_item.done',
      output_index: 0,
      item: {
        type: 'message',
        status: 'completed',
        content: [{ type: 'output_text', text: 'Hi' }],
      },
    },
  )

  test('completed', async () => {
    expect(await readEveryWay(hi + responsesStream(completed()))).toMatchObject(complete)
  })

  test('not the end of the body', async () => {
    expect(await readEveryWay(hi)).toMatchObject(truncated)
  })

  test('not the end of its items', async () => {
    expect(await readEveryWay(hi + finishedItem)).toMatchObject(truncated)
  })

  test('not [DONE]', async () => {
    expect(await readEveryWay(hi + done)).toMatchObject(truncated)
    expect(await readEveryWay(hi + finishedItem + done)).toMatchObject(truncated)
  })

  test('[DONE] after it is harmless', async () => {
    const body = hi + responsesStream(completed()) + done
    expect(await readEveryWay(body)).toMatchObject(complete)
  })

  test.each(['queued', 'in_progress', 'cancelled'])(
    'not a whole response that is %s',
    async (status) => {
      const content = [{ type: 'output_text', text: 'Hi' }]
      const json = { object: 'response', status, output: [{ type: 'message', content }] }
      const options = { contentType: 'application/json' }
      expect(await readEveryWay(JSON.stringify(json), options)).toMatchObject(truncated)
    },
  )

  test('a whole response that failed is the error that it contains', async () => {
    const json = {
      object: 'response',
      status: 'failed',
      output: [],
      error: { code: 'server_error', message: 'No luck.' },
    }
    const options = { contentType: 'application/json' }
    expect(await readEveryWay(JSON.stringify(json), options)).toMatchObject({
      status: 'error',
      error: { kind: 'api', code: 'server_error', message: 'No luck.' },
    })
  })
})

describe.each([
  { api: 'Chat Completions', choice: (text: string) => ({ delta: { content: text } }) },
  { api: 'legacy Completions', choice: (text: string) => ({ text }) },
])('a $api stream ends properly with a finish reason on every choice, or [DONE]', ({ choice }) => {
  const chunk = (text: string, finish: string | null, index = 0) =>
    data({ choices: [{ index, ...choice(text), finish_reason: finish }] })

  test('a finish reason', async () => {
    expect(await readEveryWay(chunk('Hi', null) + chunk('', 'stop'))).toMatchObject(complete)
    expect(await readEveryWay(chunk('Hi', 'length'))).toMatchObject({
      ...complete,
      finishReason: 'length',
    })
  })

  test('[DONE] without a finish reason', async () => {
    expect(await readEveryWay(chunk('Hi', null) + done)).toMatchObject({
      ...complete,
      finishReason: undefined,
    })
  })

  test('not the end of the body', async () => {
    expect(await readEveryWay(chunk('Hi', null))).toMatchObject(truncated)
  })

  test('not a finish reason on one choice of two', async () => {
    const two = chunk('Hi', null) + chunk('Ho', null, 1)
    expect(await readEveryWay(two + chunk('', 'stop'))).toMatchObject(truncated)
    expect(await readEveryWay(two + chunk('', 'stop', 1))).toMatchObject(truncated)
    expect(await readEveryWay(two + chunk('', 'stop') + chunk('', 'stop', 1))).toMatchObject({
      ...complete,
      choices: [
        { index: 0, text: 'Hi', finishReason: 'stop' },
        { index: 1, text: 'Ho', finishReason: 'stop' },
      ],
    })
  })

  test('not usage alone', async () => {
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
    expect(await readEveryWay(chunk('Hi', null) + data({ choices: [], usage }))).toMatchObject(
      truncated,
    )
  })
})

test('events after the proper end are not read', async () => {
  const late = data(chatChunk({ content: ' late' }))
  expect(await readEveryWay(data(chatChunk({ content: 'Hi' })) + done + late)).toMatchObject(
    complete,
  )
})

test('an open item is completed by a proper end, and incomplete otherwise', async () => {
  const hi = data(chatChunk({ content: 'Hi' }))
  expect(await readEveryWay(hi + done)).toMatchObject({ output: [{ status: 'completed' }] })
  expect(await readEveryWay(hi)).toMatchObject({ output: [{ status: 'incomplete' }] })
})

test('plain text ends with its body', async () => {
  expect(await readEveryWay('Hi', { contentType: 'text/plain' })).toMatchObject({
    ...complete,
    finishReason: undefined,
  })
})

test('plain text that breaks off is a network error', async () => {
  const options = { contentType: 'text/plain', breaksWith: new TypeError('reset') }
  expect(await readEveryWay('Hi', options)).toMatchObject({
    status: 'error',
    text: 'Hi',
    error: { kind: 'network' },
  })
})

test('the message of a truncated stream names the missing end marker', async () => {
  const { error } = await readEveryWay(responsesStream(textDelta('Hi')), {
    format: 'openai-responses',
  })
  expect(error?.message).toContain('response.completed')
})
