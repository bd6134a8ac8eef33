import { describe, expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'
import {
  chatChunk,
  completed,
  data,
  done,
  named,
  responsesStream,
  textDelta,
} from '../support/wire-text.ts'

/**
 * Checks an error at the beginning of a stream, after text of either API, and before further events.
 */
async function expectError(error: string, expected: { message: string; code: string | undefined }) {
  const after = [
    { before: '', text: '' },
    { before: data(chatChunk({ content: 'Half' })), text: 'Half' },
    { before: data(chatChunk({ content: 'Half' }, 'stop')), text: 'Half' },
    { before: responsesStream(textDelta('Half')), text: 'Half' },
  ]
  for (const { before, text } of after) {
    for (const rest of ['', done]) {
      expect(await readEveryWay(before + error + rest)).toMatchObject({
        status: 'error',
        text,
        error: { kind: 'api', ...expected },
      })
    }
  }
}

test('row 20: an error object in mid-stream', async () => {
  const message = 'The server had an error while processing your request.'
  await expectError(data({ error: { message, type: 'server_error' } }), {
    message,
    code: undefined,
  })
})

describe('row 21: an error object before [DONE]', () => {
  const error = {
    object: 'error',
    message: 'The prompt is too long.',
    type: 'BadRequestError',
    param: null,
    code: 400,
  }
  const expected = { message: 'The prompt is too long.', code: '400' }

  test('as separate events', async () => {
    await expectError(data({ error }) + done, expected)
  })

  test('joined into one event by a lost blank line', async () => {
    await expectError(data({ error }).replace('\n\n', '\n') + done, expected)
  })

  test('has its status and type', async () => {
    const { error: found } = await readEveryWay(data({ error }))
    expect(found).toMatchObject({ status: 400, type: 'BadRequestError', param: undefined })
  })
})

describe('row 23: an error on a choice', () => {
  test('with its finish reason', async () => {
    const error = { code: 502, message: 'The provider disconnected.' }
    await expectError(
      data({ choices: [{ index: 0, delta: { content: '' }, error, finish_reason: 'error' }] }),
      { message: 'The provider disconnected.', code: '502' },
    )
  })

  test('with its finish reason alone', async () => {
    await expectError(data({ choices: [{ index: 0, delta: {}, finish_reason: 'error' }] }), {
      message: "The provider failed with the finish reason 'error'.",
      code: undefined,
    })
  })
})

test('row 24: an error in a field of that name', async () => {
  const error = { code: 400, message: 'The context is full.', type: 'invalid_request_error' }
  await expectError(`error: ${JSON.stringify(error)}\n\n`, {
    message: 'The context is full.',
    code: '400',
  })
})

test('row 25: an event named error with a flat body', async () => {
  await expectError(named('error', { code: 400, details: 'The text is not allowed.' }), {
    message: 'The text is not allowed.',
    code: '400',
  })
})

test('row 26: a nested error of another API, after its pings', async () => {
  await expectError(
    named('ping', { type: 'ping' }) +
      named('error', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
    { message: 'Overloaded', code: undefined },
  )
})

test('row 27: an error that is only a string', async () => {
  const message = 'Stream error: error decoding response body'
  await expectError(data({ error: message }), { message, code: undefined })
})

describe('row 28: a Responses stream that fails at a gateway', () => {
  test('with an error in the form of chat', async () => {
    const error = { message: 'The upstream timed out.', type: 'timeout', code: '504' }
    await expectError(data({ error }), { message: 'The upstream timed out.', code: '504' })
  })

  test('with response.failed', async () => {
    const error = { code: 'server_error', message: 'The upstream timed out.' }
    const failed = { type: 'response.failed', response: { id: 'r', status: 'failed', error } }
    const body = responsesStream(textDelta('Half'), failed)
    for (const rest of ['', done]) {
      expect(await readEveryWay(body + rest)).toMatchObject({
        status: 'error',
        text: 'Half',
        error: { kind: 'api', message: 'The upstream timed out.', code: 'server_error' },
      })
    }
  })

  test('with [DONE] under the name response.failed', async () => {
    const body = responsesStream(textDelta('Half')) + named('response.failed', '[DONE]')
    expect(await readEveryWay(body)).toMatchObject({
      status: 'error',
      text: 'Half',
      error: { kind: 'truncated' },
    })
  })
})

describe('row 29: the error event of the Responses API', () => {
  const error = {
    type: 'error',
    sequence_number: 2,
    code: 'rate_limit_exceeded',
    message: 'Too fast.',
    param: null,
  }
  const expected = { message: 'Too fast.', code: 'rate_limit_exceeded' }

  test('with its name', async () => {
    await expectError(named('error', error), expected)
  })

  test('without its name', async () => {
    await expectError(data(error), expected)
  })

  test("does not use the event's name as the error's type", async () => {
    const { error: found } = await readEveryWay(data(error))
    expect(found).toMatchObject({ type: undefined })
  })
})

test('an error after the proper end of a Responses stream is ignored', async () => {
  const body =
    responsesStream(textDelta('Whole'), completed()) + data({ error: { message: 'No.' } })
  expect(await readEveryWay(body)).toMatchObject({ status: 'complete', text: 'Whole' })
})
