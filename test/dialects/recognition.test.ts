import { describe, expect, test } from 'vitest'
import * as core from '../../src/core.ts'
import { readEveryWay } from '../support/read-body.ts'
import { chatStream, completed, data, responsesStream, textDelta } from '../support/wire-text.ts'

/** Beginnings of streams that clearly belong to one dialect. */
const beginnings = {
  aiSdkUi: [{ type: 'start', messageId: 'm' }, { type: 'start-step' }],
  agUi: [{ type: 'RUN_STARTED', threadId: 't', runId: 'r' }],
  anthropicMessages: [{ type: 'ping' }, { type: 'message_start', message: {} }],
  gemini: [{ candidates: [{ content: { parts: [] } }] }],
  ollama: [{ message: { content: '' }, done: false }],
} as const
const names = Object.keys(beginnings) as (keyof typeof beginnings)[]

describe.each(names)('a stream for %s', (name) => {
  const events = beginnings[name]
  const body = events.map(data).join('')

  test.each(['auto', 'openai-responses', 'openai-chat', 'openai-completions'] as const)(
    "is named in the error if '%s' was requested",
    async (format) => {
      const { status, error } = await readEveryWay(body, { format })
      expect(status).toBe('error')
      expect(error?.kind).toBe('protocol')
      expect(error?.message).toContain(`'${format}'`)
      expect(error?.message).toContain(`looks like '${name}'`)
      expect(error?.message).toContain(`Pass format: ${name} from 'use-streaming-completion/core'`)
    },
  )

  test.each(names.filter((other) => other !== name))(
    'is named where %s was asked for',
    async (other) => {
      const { error } = await readEveryWay(body, { format: core[other] })
      expect(error?.kind).toBe('protocol')
      expect(error?.message).toContain(`Pass format: ${name}`)
    },
  )

  test('is named at the first distinctive event, not at the end of the body', async () => {
    const more = Array.from({ length: 3 }, () => data({ type: 'more' })).join('')
    const seen: unknown[] = []
    const response = new Response(body + more, {
      headers: { 'content-type': 'text/event-stream' },
    })
    const onEvent = (event: unknown) => seen.push(event)
    await core.readCompletion(response, { onEvent }).result
    expect(seen).toHaveLength(events.length)
  })

  test('is read if it was requested', async () => {
    const { error } = await readEveryWay(body, { format: core[name] })
    expect(error?.kind).toBe('truncated')
  })
})

test.each(['openai-chat', 'openai-responses'] as const)(
  'a stream of %s is named in the error if a dialect was requested',
  async (seen) => {
    const bodies = {
      'openai-chat': chatStream({ content: 'Hi' }),
      'openai-responses': responsesStream(textDelta('Hi'), completed()),
    }
    for (const name of names) {
      const { error } = await readEveryWay(bodies[seen], { format: core[name] })
      expect(error?.kind).toBe('protocol')
      // Named events are not lines of JSON, the only framing that `ollama` reads.
      if (name === 'ollama' && seen === 'openai-responses') continue
      expect(error?.message).toContain(`'${seen}'`)
      expect(error?.message).toContain(`'${name}'`)
    }
  },
)

test('heartbeats and other generic events belong to no dialect', async () => {
  const generic = [
    { type: 'heartbeat', timestamp: 1 },
    { type: 'ping' },
    { type: 'start' },
    { type: 'message', message: {} },
    { type: 'finish' },
    { type: 'done', done: true },
    { response: {}, done: false },
    { candidates: [] },
    { message: 'hello', done: false },
    { response: 'hello', done: 'soon' },
    { type: '__proto__' },
  ]
  const noise = generic.map(data).join('')
  expect(await readEveryWay(noise + chatStream({ content: 'Hi' }))).toMatchObject({
    status: 'complete',
    text: 'Hi',
  })
})
