import { expect, test } from 'vitest'
import { chat, done, event, line } from './support/bodies.ts'
import { renderCompletion } from './support/completion-page.tsx'
import { expectClosedBy } from './support/expect-closed.ts'
import { expectSettled } from './support/expect-settled.ts'
import { end, head, prepareFault, write } from './support/fault.ts'
import { titled } from './support/titled.ts'

const loginPage = '<!doctype html>\n<html><head><title>Sign in</title></head><body></body></html>'

test.each(
  titled([
    { what: 'text/html', contentType: 'text/html; charset=utf-8' },
    // Like a fallback route that answers every request with the same page.
    { what: 'an event stream', contentType: 'text/event-stream' },
  ]),
)('200 with an HTML page as %s is a protocol error', async (_what, { contentType }) => {
  const fault = await prepareFault(
    head(200, { 'content-type': contentType }),
    write(loginPage),
    end,
  )
  const page = await renderCompletion({ url: fault.url })
  const result = await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text: '',
    error: { kind: 'protocol', message: expect.stringMatching(/HTML/) as string },
  })
  expect(result.error?.message).not.toContain('<')
})

test('the connection of an HTML page that never ends is closed', async () => {
  const fault = await prepareFault(head(200, { 'content-type': 'text/html' }), write(loginPage))
  const page = await renderCompletion({ url: fault.url })
  await expectClosedBy(fault, () => void page.completion.start('Hi'))
  await expect.poll(() => page.shown()).toMatchObject({ status: 'error', text: '' })
  expect(page.completion.error?.kind).toBe('protocol')
})

const broken = [
  {
    what: 'a malformed line of newline-delimited JSON',
    contentType: 'application/x-ndjson',
    body:
      line(chat.chunk({ content: 'Half' })) +
      '{"choices": [{"delta": {"con\n' +
      line(chat.chunk({}, 'stop')),
  },
  {
    what: 'malformed JSON in an event',
    contentType: 'text/event-stream',
    body: `${chat.text('Half')}${event('{"choices":[{"delta":{"role":"adata: {"id":"x"}')}${chat.finish('stop')}${done}`,
  },
]

test.each(titled(broken))(
  '%s is a protocol error that keeps the text so far',
  async (_what, row) => {
    const fault = await prepareFault(
      head(200, { 'content-type': row.contentType }),
      write(row.body),
      end,
    )
    const page = await renderCompletion({ url: fault.url })
    const result = await expectSettled(page, page.completion.start('Hi'), {
      status: 'error',
      text: 'Half',
      error: { kind: 'protocol' },
    })
    expect(result.error?.message).toMatch(/JSON/)
  },
)

test('JSON that is not a completion is a protocol error that says so', async () => {
  const fault = await prepareFault(
    head(200, { 'content-type': 'application/json' }),
    write('{"ok":true}'),
    end,
  )
  const page = await renderCompletion({ url: fault.url })
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text: '',
    error: { kind: 'protocol' },
  })
})

test.each([200, 204])('%i without a body is an error, not an empty success', async (status) => {
  const fault = await prepareFault(head(status, { 'content-type': 'application/json' }), end)
  const page = await renderCompletion({ url: fault.url })
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text: '',
    // Depending on the browser, such a response has no body or an empty one.
    error: { kind: expect.stringMatching(/^(truncated|protocol)$/) as string },
  })
})

test('a stream of a format other than the requested one is a protocol error', async () => {
  const fault = await prepareFault(head(), write(chat.whole(['Hello'])), end)
  const page = await renderCompletion({ url: fault.url, format: 'openai-responses' })
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text: '',
    error: { kind: 'protocol' },
  })
})

test('a dialect that was not requested is a protocol error that names it', async () => {
  const fault = await prepareFault(
    head(200, { 'content-type': 'application/x-ndjson' }),
    write(line({ model: 'llama3', response: ' Yes', done: false })),
  )
  const page = await renderCompletion({ url: fault.url })
  await expectClosedBy(fault, () => void page.completion.start('Hi'))
  await expect.poll(() => page.shown()).toMatchObject({ status: 'error', text: '' })
  expect(page.completion.error).toMatchObject({
    kind: 'protocol',
    message: expect.stringContaining("'ollama'") as string,
  })
})
