import { expect, test } from 'vitest'
import { chat } from './support/bodies.ts'
import { nextFrame, renderCompletion } from './support/completion-page.tsx'
import { expectClosedBy } from './support/expect-closed.ts'
import { expectCallbacks, expectSettled } from './support/expect-settled.ts'
import { end, head, prepareFault, write } from './support/fault.ts'

const strict = { isStrict: true }

test('a component that mounts sends no request by itself', async () => {
  const fault = await prepareFault(head(), write(chat.whole(['Hello'])), end)
  const page = await renderCompletion({ url: fault.url }, strict)
  await nextFrame()
  await nextFrame()
  expect(await fault.isRequested()).toBe(false)
  expect(page.shown()).toEqual({ status: 'idle', text: '', error: '', isFinished: false })
  expect(page.callbacks).toEqual([])
})

test('the hook works in StrictMode', async () => {
  const fault = await prepareFault(head(), write(chat.whole(['Hel', 'lo'])), end)
  const page = await renderCompletion({ url: fault.url }, strict)
  await expectSettled(page, page.completion.start('Hi'), { status: 'complete', text: 'Hello' })
})

test('an unmount in StrictMode aborts once and closes the connection', async () => {
  const fault = await prepareFault(head(), write(chat.text('Half')))
  const page = await renderCompletion({ url: fault.url }, strict)
  const run = page.completion.start('Hi')
  await expect.poll(() => page.shown().text).toBe('Half')
  await expectClosedBy(fault, () => page.unmount())
  const result = await run
  expect(result).toMatchObject({ status: 'aborted', text: 'Half', abortReason: 'unmount' })
  await nextFrame()
  expectCallbacks(page, [result])
})
