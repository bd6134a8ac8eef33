// @vitest-environment node
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { expect, test } from 'vitest'
import { createCompletion, defineFormat } from '../../src/core.ts'
import { chatChunk, completed, textDelta } from '../support/wire-text.ts'
import { abortAtFirstText, deferred } from './support/abort-at-first-text.ts'
import { startServer } from './support/start-server.ts'

test('streamSSE() with events of the Responses API, each with its name and an id', async () => {
  const app = new Hono().post('/', (context) =>
    streamSSE(context, async (stream) => {
      const events = [textDelta('Grüße'), textDelta(' 🎉'), completed()]
      for (const [id, event] of events.entries()) {
        const { type } = event as { type: string }
        await stream.writeSSE({ event: type, id: String(id), data: JSON.stringify(event) })
      }
    }),
  )
  const url = await startServer(app.fetch)
  expect(await createCompletion<string>({ url }).start('Hi')).toMatchObject({
    status: 'complete',
    text: 'Grüße 🎉',
    finishReason: 'stop',
  })
})

test('streamSSE() with a format of the app', async () => {
  const acme = defineFormat<{ token?: string; done?: boolean }>({
    name: 'acme',
    read({ json }, output) {
      if (json?.token) output.text(json.token)
      if (json?.done) output.end()
    },
  })
  const answer = (...events: object[]) =>
    new Hono().post('/', (context) =>
      streamSSE(context, async (stream) => {
        for (const event of events) await stream.writeSSE({ data: JSON.stringify(event) })
      }),
    )
  const read = async ({ fetch }: Pick<Hono, 'fetch'>) =>
    createCompletion<string>({ url: await startServer(fetch), format: acme }).start('Hi')
  expect(await read(answer({ token: 'Hi' }, { done: true }))).toMatchObject({
    status: 'complete',
    text: 'Hi',
  })
  expect(await read(answer({ token: 'Hi' }))).toMatchObject({
    status: 'error',
    text: 'Hi',
    error: { kind: 'truncated' },
  })
})

test('an error thrown by a streamSSE() callback is an error', async () => {
  const app = new Hono().post('/', (context) =>
    streamSSE(
      context,
      async (stream) => {
        await stream.writeSSE({ data: JSON.stringify(chatChunk({ content: 'Half' })) })
        throw new Error('Overloaded.')
      },
      () => Promise.resolve(),
    ),
  )
  const result = await createCompletion<string>({ url: await startServer(app.fetch) }).start('Hi')
  expect(result).toMatchObject({
    status: 'error',
    text: 'Half',
    error: { kind: 'api', message: 'Overloaded.' },
  })
})

test('an abort reaches onAbort()', async () => {
  const closed = deferred()
  const app = new Hono().post('/', (context) =>
    streamSSE(context, async (stream) => {
      stream.onAbort(() => closed.resolve())
      await stream.writeSSE({ data: JSON.stringify(chatChunk({ content: 'Hi' })) })
      await closed.promise
    }),
  )
  const url = await startServer(app.fetch)
  expect(await abortAtFirstText({ url }, 'Hi')).toMatchObject({ status: 'aborted', text: 'Hi' })
  await closed.promise
})
