import { expect, test } from 'vitest'
import { chat, done } from './support/bodies.ts'
import { nextFrame, renderCompletion } from './support/completion-page.tsx'
import { expectClosedBy } from './support/expect-closed.ts'
import { expectCallbacks, expectSettled } from './support/expect-settled.ts'
import { end, head, prepareFault, write } from './support/fault.ts'
import { startConnecting, startStreaming } from './support/started.ts'
import { titled } from './support/titled.ts'

const moments = [
  { what: 'before the headers', start: startConnecting, text: '' },
  { what: 'while streaming', start: startStreaming, text: 'Half' },
]

test.each(titled(moments))(
  'an abort %s keeps the text and closes the connection',
  async (_what, moment) => {
    const { fault, page, run } = await moment.start()
    await expectClosedBy(fault, () => page.completion.abort())
    await expectSettled(page, run, {
      status: 'aborted',
      text: moment.text,
      abortReason: 'abort',
      error: undefined,
    })
  },
)

test.each(
  titled([
    { what: 'a text', reason: 'changed my mind' },
    { what: 'null', reason: null },
    { what: 'an error', reason: new DOMException('Too slow', 'TimeoutError') },
  ]),
)('an abort with %s as its reason keeps the reason', async (_what, { reason }) => {
  const { fault, page, run } = await startStreaming()
  await expectClosedBy(fault, () => page.completion.abort(reason))
  const result = await expectSettled(page, run, { status: 'aborted', text: 'Half' })
  expect(result.abortReason).toBe(reason)
})

test('an abort in the same task as the start leaves no request open', async () => {
  const fault = await prepareFault(head(), write(chat.text('late')))
  const page = await renderCompletion({ url: fault.url })
  const run = page.completion.start('Hi')
  page.completion.abort()
  await expectSettled(page, run, { status: 'aborted', text: '', abortReason: 'abort' })
  if (await fault.isRequested()) expect(await fault.closed()).toEqual({ by: 'client' })
})

test('an abort after the finish reason and before [DONE] is still an abort', async () => {
  const fault = await prepareFault(head(), write(chat.text('Whole') + chat.finish('stop')))
  const page = await renderCompletion({ url: fault.url })
  const run = page.completion.start('Hi')
  await expect.poll(() => page.completion.finishReason).toBe('stop')
  await expectClosedBy(fault, () => page.completion.abort())
  await expectSettled(page, run, { status: 'aborted', text: 'Whole', finishReason: 'stop' })
})

test('an abort after [DONE] changes nothing', async () => {
  const fault = await prepareFault(head(), write(chat.whole(['Whole'])))
  const page = await renderCompletion({ url: fault.url })
  const run = page.completion.start('Hi')
  const complete = { status: 'complete', text: 'Whole', abortReason: undefined } as const
  await expectSettled(page, run, complete)
  const { commits } = page

  page.completion.abort()
  await expectSettled(page, run, complete)
  expect(page.commits).toBe(commits)
})

test('a second abort changes nothing', async () => {
  const { page, run } = await startStreaming()
  page.completion.abort('first')
  page.completion.abort('second')
  await expectSettled(page, run, { status: 'aborted', text: 'Half', abortReason: 'first' })
})

test.each(titled(moments))(
  'an unmount %s aborts and closes the connection',
  async (_what, moment) => {
    const { fault, page, run } = await moment.start()
    await expectClosedBy(fault, () => page.unmount())
    const result = await run
    expect(result).toMatchObject({
      status: 'aborted',
      text: moment.text,
      abortReason: 'unmount',
    })
    await nextFrame()
    expectCallbacks(page, [result])
  },
)

test('an unmount after the end changes nothing', async () => {
  const fault = await prepareFault(head(), write(chat.whole(['Whole'])), end)
  const page = await renderCompletion({ url: fault.url })
  const run = page.completion.start('Hi')
  const result = await expectSettled(page, run, { status: 'complete', text: 'Whole' })
  page.unmount()
  await nextFrame()
  expectCallbacks(page, [result])
})

test.each(titled(moments))(
  'a reset %s aborts, closes, and goes back to idle',
  async (_what, moment) => {
    const { fault, page, run } = await moment.start()
    await expectClosedBy(fault, () => page.completion.reset())
    const result = await run
    expect(result).toMatchObject({ status: 'aborted', text: moment.text, abortReason: 'reset' })
    await expect.poll(() => page.shown()).toMatchObject({ status: 'idle', text: '' })
    await nextFrame()
    expect(page.completion).toMatchObject({ status: 'idle', text: '', attempt: 0 })
    expectCallbacks(page, [result])
  },
)

const byUrl = { url: (input: unknown) => String(input) }

test.each(
  titled([
    { what: 'before the headers', steps: [], text: '' },
    { what: 'while streaming', steps: [head(), write(chat.text('Old'))], text: 'Old' },
  ]),
)('a second start %s supersedes the first', async (_what, { steps, text }) => {
  const old = await prepareFault(...steps)
  const next = await prepareFault(head(), write(chat.text('New')))
  const page = await renderCompletion(byUrl)
  const first = page.completion.start(old.url)
  await old.requested()
  await expect.poll(() => page.shown().text).toBe(text)

  let second: typeof first | undefined
  await expectClosedBy(old, () => void (second = page.completion.start(next.url)))
  const superseded = await first
  expect(superseded).toMatchObject({ status: 'aborted', text, abortReason: 'superseded' })

  await expect.poll(() => page.shown()).toMatchObject({ status: 'streaming', text: 'New' })
  await next.perform(write(chat.finish('stop') + done), end)
  const result = await second!
  expect(result).toMatchObject({ status: 'complete', text: 'New' })
  await expect.poll(() => page.shown()).toMatchObject({ status: 'complete', text: 'New' })
  await nextFrame()
  expectCallbacks(page, [superseded, result])
})

test('an abort and a start in one task end the old run and start the new one', async () => {
  const old = await prepareFault(head(), write(chat.text('Old')))
  const next = await prepareFault(head(), write(chat.whole(['New'])), end)
  const page = await renderCompletion(byUrl)
  const first = page.completion.start(old.url)
  await expect.poll(() => page.shown().text).toBe('Old')

  let second: typeof first | undefined
  await expectClosedBy(old, () => {
    page.completion.abort()
    second = page.completion.start(next.url)
  })
  const aborted = await first
  expect(aborted).toMatchObject({ status: 'aborted', text: 'Old', abortReason: 'abort' })
  const result = await second!
  expect(result).toMatchObject({ status: 'complete', text: 'New' })
  await expect.poll(() => page.shown()).toMatchObject({ status: 'complete', text: 'New' })
  await nextFrame()
  expectCallbacks(page, [aborted, result])
})
