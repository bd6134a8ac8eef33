import { expect, inject, test } from 'vitest'
import { chat } from './support/bodies.ts'
import { renderCompletion } from './support/completion-page.tsx'
import { expectSettled } from './support/expect-settled.ts'
import { cut, head, prepareFault, reset, write } from './support/fault.ts'
import { startConnecting, startStreaming } from './support/started.ts'
import { titled } from './support/titled.ts'

/** Every engine has its own messages for these errors, and none has a code, so only their meaning is checked. */
const unreachable = [
  { what: 'that refuses connections', url: () => `${inject('closedServer')}/` },
  // Reserved for names that never exist (RFC 6761).
  { what: 'whose name does not exist', url: () => 'http://proxy.invalid/' },
  // Fetch itself blocks the port of the discard service.
  { what: 'on a port that browsers block', url: () => 'http://127.0.0.1:9/' },
]

test.each(titled(unreachable))(
  'a server %s is a network error of the connection',
  async (_what, { url }) => {
    const page = await renderCompletion({ url: url() })
    const result = await expectSettled(page, page.completion.start('Hi'), {
      status: 'error',
      text: '',
      error: { kind: 'network', phase: 'connect', status: undefined },
    })
    expect(result.error?.cause).toBeInstanceOf(Error)
    expect(result.timing.responseAt).toBeUndefined()
  },
)

const closings = [
  { what: 'reset', step: reset },
  { what: 'closed', step: cut },
]

test.each(titled(closings))(
  'a connection that is %s before the headers is a network error of the connection',
  async (_what, { step }) => {
    const { fault, page, run } = await startConnecting()
    await fault.perform(step)
    await expectSettled(page, run, {
      status: 'error',
      text: '',
      error: { kind: 'network', phase: 'connect', status: undefined },
    })
  },
)

test('a connection reset while streaming is a network error of the body', async () => {
  const { fault, page, run } = await startStreaming()
  await fault.perform(reset)
  await expectSettled(page, run, {
    status: 'error',
    text: 'Half',
    error: { kind: 'network', phase: 'body', status: undefined },
  })
})

const sse = { 'content-type': 'text/event-stream' }
const lengths = [
  { what: 'of chunks', headers: sse },
  { what: 'of a known length', headers: { ...sse, 'content-length': '10000' } },
]

test.each(titled(lengths))(
  'a body %s that is closed before its end is never complete',
  async (_what, { headers }) => {
    const fault = await prepareFault(head(200, headers), write(chat.text('Half')))
    const page = await renderCompletion({ url: fault.url })
    const run = page.completion.start('Hi')
    await expect.poll(() => page.shown().text).toBe('Half')
    await fault.perform(cut)
    const { error } = await expectSettled(page, run, { status: 'error', text: 'Half' })
    // WebKitGTK treats this as a normal end. The format still detects that the stream is incomplete.
    expect(error).toMatchObject(
      error?.kind === 'truncated' ? {} : { kind: 'network', phase: 'body' },
    )
  },
)

test('a connection that breaks after the proper end changes nothing', async () => {
  const fault = await prepareFault(head(), write(chat.whole(['Whole'])))
  const page = await renderCompletion({ url: fault.url })
  const run = page.completion.start('Hi')
  await run
  await fault.perform(reset)
  await expectSettled(page, run, { status: 'complete', text: 'Whole', error: undefined })
})

const moments = [
  { what: 'before the headers', start: startConnecting, text: '' },
  { what: 'while streaming', start: startStreaming, text: 'Half' },
]

test.each(titled(moments))(
  'a connection that breaks %s once the run was aborted leaves it aborted',
  async (_what, { start, text }) => {
    const { fault, page, run } = await start()
    page.completion.abort()
    await fault.perform(reset)
    await expectSettled(page, run, { status: 'aborted', text, error: undefined })
  },
)

test('an error contains nothing of the request', async () => {
  const page = await renderCompletion({
    url: inject('closedServer'),
    headers: { 'x-app-token': 'header-secret' },
  })
  const { error } = await page.completion.start({ input: 'body-secret' })
  const told = [error, error?.cause].flatMap((each) =>
    each instanceof Error ? [each.message, each.stack, JSON.stringify(each)] : [],
  )
  expect(told.join('\n')).not.toMatch(/header-secret|body-secret/)
  expect(told.join('\n')).toContain('Could not reach the server')
})
