import { describe, expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'

const whole = {
  'a chat.completion': {
    object: 'chat.completion',
    choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }],
  },
  'a chat.completion without its object field': {
    choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }],
  },
  'a response': {
    object: 'response',
    status: 'completed',
    output: [{ type: 'message', content: [{ type: 'output_text', text: 'Hi' }] }],
  },
  'a text_completion': {
    object: 'text_completion',
    choices: [{ index: 0, text: 'Hi', finish_reason: 'stop' }],
  },
}

describe.each(Object.entries(whole))('%s that was not streamed', (_, json) => {
  const contentTypes = [
    'application/json',
    'application/json; charset=utf-8',
    'text/event-stream',
    null,
  ]
  test.each(contentTypes)('is read as %s', async (contentType) => {
    for (const indent of [0, 2]) {
      const body = JSON.stringify(json, null, indent)
      expect(await readEveryWay(body, { contentType })).toMatchObject({
        status: 'complete',
        text: 'Hi',
        finishReason: 'stop',
      })
    }
  })

  test('is truncated if it is cut off', async () => {
    const body = JSON.stringify(json).slice(0, -1)
    expect(await readEveryWay(body, { contentType: 'application/json' })).toMatchObject({
      status: 'error',
      text: '',
      error: { kind: 'truncated' },
    })
  })
})

test('a whole error object is an error', async () => {
  const body = JSON.stringify({ error: { message: 'No key.', type: 'auth', code: 'no_key' } })
  expect(await readEveryWay(body, { contentType: 'application/json' })).toMatchObject({
    status: 'error',
    error: { kind: 'api', message: 'No key.', type: 'auth', code: 'no_key' },
  })
})
