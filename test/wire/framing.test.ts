import { describe, expect, test } from 'vitest'
import { readEveryWay } from '../support/read-body.ts'
import {
  chatChunk,
  chatStream,
  completed,
  responsesStream,
  textDelta,
} from '../support/wire-text.ts'

const complete = { status: 'complete', text: 'Hello' }

describe('server-sent events are read as such', () => {
  const bodies = {
    'starting with data': chatStream({ content: 'Hello' }),
    'starting with data, without a space': chatStream({ content: 'Hello' }).replaceAll(': {', ':{'),
    'starting with an event name': responsesStream(textDelta('Hello'), completed()),
    'starting with an id': `id: 1\n${chatStream({ content: 'Hello' })}`,
    'starting with a retry time': `retry: 3000\n\n${chatStream({ content: 'Hello' })}`,
    'starting with comments': `: a\n\n:\n\n${chatStream({ content: 'Hello' })}`,
    'starting with a byte order mark': `\ufeff${chatStream({ content: 'Hello' })}`,
  }
  const contentTypes = [
    'text/event-stream',
    'Text/Event-Stream; charset=UTF-8',
    'text/plain; charset=utf-8',
    'application/json',
    'application/octet-stream',
    null,
  ]
  describe.each(contentTypes)('with the content type %s', (contentType) => {
    test.each(Object.entries(bodies))('%s', async (_, body) => {
      expect(await readEveryWay(body, { contentType })).toMatchObject(complete)
    })
  })
})

describe('newline-delimited JSON is read as such', () => {
  const line = (value: object) => `${JSON.stringify(value)}\n`
  const bodies = {
    'of the Responses API': line(textDelta('Hello')) + line(completed()),
    'of Chat Completions': line(chatChunk({ content: 'Hello' })) + line(chatChunk({}, 'stop')),
    'of chunks that begin with their choices':
      line({ choices: [{ index: 0, delta: { content: 'Hello' } }] }) +
      line({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  }
  const contentTypes = [
    'application/x-ndjson',
    'application/jsonl; charset=utf-8',
    'application/json',
    'text/event-stream',
    // The content type in the `openai` package's example of `toReadableStream()`.
    'text/plain',
    null,
  ]
  describe.each(contentTypes)('with the content type %s', (contentType) => {
    test.each(Object.entries(bodies))('%s', async (_, body) => {
      expect(await readEveryWay(body, { contentType })).toMatchObject(complete)
      expect(await readEveryWay(`\n${body.trimEnd()}`, { contentType })).toMatchObject(complete)
    })
  })
})

describe('an HTML page is not a stream', () => {
  const pages = {
    'a document': '<!DOCTYPE html>\n<html><body>Sign in</body></html>',
    'a document after blank lines': '\n\n  <!doctype html><title>502</title>',
    'a bare html element': '<html lang="en"><head></head></html>',
  }
  describe.each(['text/html', 'text/event-stream', 'application/json', 'text/plain', null])(
    'with the content type %s',
    (contentType) => {
      test.each(Object.entries(pages))('%s', async (_, body) => {
        const outcome = await readEveryWay(body, { contentType })
        expect(outcome).toMatchObject({ status: 'error', text: '', error: { kind: 'protocol' } })
        expect(outcome.error?.message).toContain('HTML page')
        expect(outcome.error?.message).not.toContain('<')
      })
    },
  )

  test('unless the format is text', async () => {
    const page = pages['a document']
    expect(await readEveryWay(page, { contentType: 'text/plain', format: 'text' })).toMatchObject({
      status: 'complete',
      text: page,
    })
  })
})

describe('plain text is the answer, whatever it looks like', () => {
  test.each([
    'Hello',
    '<p>Hello, <b>world</b></p>',
    '<html5> is not a tag',
    '<',
    'data is plural',
    'data: the plural of datum',
    'event: a party\nid: none',
    'id',
    '{"name": "Ada"}',
    '{"type": "object", "properties": {}}',
    '{"id": 7, "model": "T"}',
    '{ not json at all',
    '[1, 2, 3]',
    '# data: {"a": 1}',
    '\n\n  indented',
  ])('%j', async (body) => {
    expect(await readEveryWay(body, { contentType: 'text/plain' })).toMatchObject({
      status: 'complete',
      text: body,
      finishReason: undefined,
    })
  })
})

describe('the rest of a cut event stream is not an answer, whatever its content type', () => {
  test.each([': ping\n\n', ': pi', 'event: start\n', 'id: 1\nevent: start\n', 'retry: 3000\n\n'])(
    '%j',
    async (body) => {
      for (const contentType of ['text/plain', 'text/event-stream', null]) {
        expect(await readEveryWay(body, { contentType })).toMatchObject({
          status: 'error',
          text: '',
          error: { kind: 'truncated' },
        })
      }
    },
  )
})

test.each([
  ['text/plain', 'f:{"messageId":"m"}\n0:"Hel"\n0:"lo"\n', 'an AI SDK data stream'],
  ['text/plain', '0:"Hel"\n0:"lo"\nd:{"finishReason":"stop"}\n', 'aiSdkUi'],
  ['text/plain', 'data: Hello\n\ndata:  there\n\n', 'defineFormat'],
  ['application/vnd.amazon.eventstream', '\0\0\0\u0001:event-type', 'binary'],
  ['text/event-stream', 'The sky is blue because\nof light.\n', "set format to 'text'"],
  ['text/event-stream', '0:"Hel"\n0:"lo"\n', 'The event stream contains no fields'],
  ['text/event-stream', 'data: Hello\n\ndata: [DONE]\n\n', 'defineFormat'],
  ['text/event-stream', 'data: "Hello"\n\ndata: [DONE]\n\n', 'The first event is \"Hello\"'],
  ['text/event-stream', 'event: token\ndata: Hello\n\ndata: [DONE]\n\n', "named 'token'"],
  ['text/event-stream', 'data: {"a":1}\n\ndata: {"a":2}\n\ndata: [DONE]\n\n', '{"a":1}'],
])(
  'an unreadable body is an error that names what was received and the fix: %s %j',
  async (contentType, body, words) => {
    const state = await readEveryWay(body, { contentType })
    expect(state).toMatchObject({ status: 'error', text: '', error: { kind: 'protocol' } })
    expect(state.error?.message).toContain(words)
  },
)

test.each(['data', 'event', 'id', 'retry', 'error'])(
  'an event stream that ends within its first field, %s, is truncated',
  async (name) => {
    for (let length = 1; length <= name.length; length++) {
      const body = name.slice(0, length)
      const state = await readEveryWay(body, { contentType: 'text/event-stream' })
      expect(state.error?.kind, body).toBe('truncated')
    }
  },
)

describe('objects without separators are events', () => {
  const chunk = (content: string) => JSON.stringify({ choices: [{ index: 0, delta: { content } }] })
  const end = JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })

  test.each([
    ['application/json', [chunk('Hel'), chunk('lo }{ '), end].join('')],
    ['application/x-ndjson', [chunk('Hel'), chunk('lo }{ ') + end].join('\n')],
    ['application/json', `${chunk('Hel')}${chunk('lo }{ ')}${end}[DONE]`],
    ['text/event-stream', `data: ${chunk('Hel')}${chunk('lo }{ ')}\n\ndata: ${end}\n\n`],
    ['text/event-stream', `data: ${chunk('Hel')}\ndata: ${chunk('lo }{ ')}\ndata: ${end}\n\n`],
  ])('%s %j', async (contentType, body) => {
    expect(await readEveryWay(body, { contentType })).toMatchObject({
      status: 'complete',
      text: 'Hello }{ ',
    })
  })

  test('and an incomplete last object is truncated', async () => {
    const body = chunk('Hel') + chunk('lo') + '{"choices":[{"index'
    expect(await readEveryWay(body, { contentType: 'application/json' })).toMatchObject({
      status: 'error',
      text: 'Hello',
      error: { kind: 'truncated' },
    })
  })
})

describe('an error without a field', () => {
  const chunk = 'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n'
  const error = { error: { code: 500, message: 'out of memory' } }

  test.each([
    JSON.stringify(error),
    JSON.stringify(error, null, 2),
    JSON.stringify([error], null, 2),
  ])('is one: %s', async (line) => {
    const body = `${chunk}${line}\n\ndata: [DONE]\n\n`
    expect(await readEveryWay(body, { contentType: 'text/event-stream' })).toMatchObject({
      status: 'error',
      text: 'Hi',
      error: { kind: 'api', message: 'out of memory', status: 500 },
    })
  })

  test('is recognised in plain words', async () => {
    for (const words of [
      'error: engine stopped',
      '[ERROR] engine stopped',
      'Error - engine stopped',
    ]) {
      const body = `${chunk}data: ${words}\n\n`
      expect(await readEveryWay(body, { contentType: 'text/event-stream' })).toMatchObject({
        status: 'error',
        text: 'Hi',
        error: { kind: 'api', message: 'engine stopped' },
      })
    }
  })
})

describe('an empty body is not an answer', () => {
  test.each(['text/event-stream', 'application/json', 'text/plain', null])(
    'with the content type %s',
    async (contentType) => {
      expect(await readEveryWay('', { contentType })).toMatchObject({
        status: 'error',
        text: '',
        error: { kind: 'truncated' },
      })
    },
  )

  test('unless the format is text', async () => {
    expect(await readEveryWay('', { contentType: 'text/plain', format: 'text' })).toMatchObject({
      status: 'complete',
      text: '',
    })
  })
})

describe('JSON that is not a completion is a protocol error', () => {
  test.each([
    '{"ok":true}',
    '{\n  "ok": true\n}',
    '[]',
    '[{"a":1}]',
    '"Hello"',
    'true',
    'Not found',
  ])('%j', async (body) => {
    expect(await readEveryWay(body, { contentType: 'application/json' })).toMatchObject({
      status: 'error',
      error: { kind: 'protocol' },
    })
  })
})

describe('a malformed line among JSON lines is a protocol error', () => {
  const hello = JSON.stringify(chatChunk({ content: 'Hello' }))
  const stop = JSON.stringify(chatChunk({}, 'stop'))
  const broken = '{"choices":[{"index":0,"delta":{"role":"a{"id":"chat_1"}'

  test('after others, with their text kept', async () => {
    const outcome = await readEveryWay([hello, broken, stop, ''].join('\n'), {
      contentType: 'application/x-ndjson',
    })
    expect(outcome).toMatchObject({ status: 'error', text: 'Hello', error: { kind: 'protocol' } })
  })

  test('as the first', async () => {
    const outcome = await readEveryWay([broken, hello, stop, ''].join('\n'), {
      contentType: 'application/x-ndjson',
    })
    expect(outcome).toMatchObject({ status: 'error', error: { kind: 'protocol' } })
  })
})

describe('JSON that the end cuts off is a truncated stream', () => {
  const hello = JSON.stringify(chatChunk({ content: 'Hello' }))

  test('in a line', async () => {
    const outcome = await readEveryWay(`${hello}\n${hello.slice(0, 30)}`, {
      contentType: 'application/x-ndjson',
    })
    expect(outcome).toMatchObject({ status: 'error', text: 'Hello', error: { kind: 'truncated' } })
  })

  test('in one value over many lines', async () => {
    const whole = JSON.stringify({ object: 'chat.completion', choices: [{ message: {} }] }, null, 2)
    const outcome = await readEveryWay(whole.slice(0, -20), { contentType: 'application/json' })
    expect(outcome).toMatchObject({ status: 'error', error: { kind: 'truncated' } })
  })
})
