import { describe, expect, test } from 'vitest'
import type { CompletionFormat } from '../../src/core.ts'
import { openaiChat } from '../../src/core.ts'
import { readEveryWay } from '../support/read-body.ts'
import {
  chatStream,
  completed,
  data,
  done,
  responsesStream,
  textDelta,
} from '../support/wire-text.ts'

const streams = {
  'openai-responses': responsesStream(textDelta('Hi'), completed()),
  'openai-chat': chatStream({ content: 'Hi' }),
  'openai-completions':
    data({
      object: 'text_completion',
      choices: [{ index: 0, text: 'Hi', finish_reason: 'stop' }],
    }) + done,
} as const
const names = Object.keys(streams) as (keyof typeof streams)[]

describe.each(names)('a stream of %s', (seen) => {
  test("is recognised by 'auto'", async () => {
    expect(await readEveryWay(streams[seen])).toMatchObject({ status: 'complete', text: 'Hi' })
  })

  test('is read if it is requested by name', async () => {
    expect(await readEveryWay(streams[seen], { format: seen })).toMatchObject({
      status: 'complete',
      text: 'Hi',
    })
  })

  test.each(names.filter((name) => name !== seen))(
    'is a protocol error that names both where %s was asked for',
    async (asked) => {
      const outcome = await readEveryWay(streams[seen], { format: asked })
      expect(outcome).toMatchObject({ status: 'error', text: '', error: { kind: 'protocol' } })
      expect(outcome.error?.message).toContain(`'${asked}'`)
      expect(outcome.error?.message).toContain(`'${seen}'`)
    },
  )

  test('is shown unchanged if text was requested', async () => {
    expect(await readEveryWay(streams[seen], { format: 'text' })).toMatchObject({
      status: 'complete',
      text: streams[seen],
    })
  })
})

test("'auto' looks for the first event that clearly belongs to a format", async () => {
  const noise = data({ type: 'hello' }) + data({ usage: {} }) + data(42) + ': comment\n\n'
  for (const name of names) {
    expect(await readEveryWay(noise + streams[name])).toMatchObject({
      status: 'complete',
      text: 'Hi',
    })
  }
})

test("'auto' shows the first event if it recognises nothing", async () => {
  const outcome = await readEveryWay('event: greeting\ndata: {"type":"greeting"}\n\n')
  expect(outcome).toMatchObject({ status: 'error', error: { kind: 'protocol' } })
  expect(outcome.error?.message).toContain('greeting')
})

test('a format object is used unchanged', async () => {
  expect(await readEveryWay(streams['openai-chat'], { format: openaiChat })).toMatchObject({
    status: 'complete',
    text: 'Hi',
  })
})

test("the app's format object defines the meaning of its events", async () => {
  const shouting: CompletionFormat = {
    name: 'shouting',
    properEnd: 'an event STOP',
    createReader: () => ({
      read({ data: said }, emit) {
        if (said === 'STOP') emit({ type: 'complete' })
        else {
          const place = { choice: 0, item: 0, part: 0, channel: 'output_text' as const }
          emit({ type: 'delta', ...place, delta: said.toUpperCase() })
        }
      },
      end: (emit) => emit({ type: 'truncated' }),
    }),
  }
  const body = data('h') + data('i') + data('STOP')
  expect(await readEveryWay(body, { format: shouting })).toMatchObject({
    status: 'complete',
    text: 'HI',
  })
  const cut = await readEveryWay(data('h'), { format: shouting })
  expect(cut).toMatchObject({ status: 'error', error: { kind: 'truncated' } })
  expect(cut.error?.message).toContain('an event STOP')
})

test('an unknown name is an error that lists the names', async () => {
  const outcome = await readEveryWay(done, { format: 'openai-caht' as 'openai-chat' })
  expect(outcome).toMatchObject({ status: 'error', error: { kind: 'protocol' } })
  expect(outcome.error?.message).toContain('openai-caht')
  expect(outcome.error?.message).toContain('openai-chat')
})

test('the name of a method of objects is an unknown name too', async () => {
  const outcome = await readEveryWay(done, { format: 'toString' as 'openai-chat' })
  expect(outcome).toMatchObject({ status: 'error', error: { kind: 'protocol' } })
})
