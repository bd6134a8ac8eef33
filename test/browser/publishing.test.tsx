import { expect, test, vi } from 'vitest'
import { chat, done } from './support/bodies.ts'
import { renderCompletion } from './support/completion-page.tsx'
import { countFrames } from './support/count-frames.ts'
import { expectSettled } from './support/expect-settled.ts'
import { end, head, prepareFault, write } from './support/fault.ts'
import { setHidden, stopFrames, stopTimers } from './support/hidden-tab.ts'
import { startStreaming } from './support/started.ts'

const words = (count: number) => Array.from({ length: count }, (_, position) => `${position} `)

/** The commits that a run may have in addition to one per frame: its start, its first text, its end. */
const urgentCommits = 3

test('10,000 deltas that arrive at once cause only a few commits', async () => {
  const pieces = words(10_000)
  const fault = await prepareFault(head(), write(chat.whole(pieces)), end)
  const page = await renderCompletion({ url: fault.url })
  const before = page.commits
  const frames = countFrames()
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'complete',
    text: pieces.join(''),
  })
  const commits = page.commits - before
  expect(commits).toBeLessThanOrEqual(20)
  expect(commits).toBeLessThanOrEqual(frames.count + urgentCommits)
})

test('at 500 deltas per second, there are never more commits than frames', async () => {
  const pieces = words(1000)
  const fault = await prepareFault(
    head(),
    { writes: pieces.map(chat.text), perSecond: 500 },
    write(chat.finish('stop') + done),
    end,
  )
  const page = await renderCompletion({ url: fault.url })
  const before = page.commits
  const frames = countFrames()
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'complete',
    text: pieces.join(''),
  })
  const commits = page.commits - before
  expect(commits).toBeLessThanOrEqual(frames.count + urgentCommits)
  // The text was streamed: a run that shows everything at its end would also pass the line above.
  expect(commits).toBeGreaterThan(20)
})

test('the first text and the end are shown without waiting for a frame or a timer', async () => {
  stopFrames()
  stopTimers()
  const { fault, page, run } = await startStreaming()
  await fault.perform(write(chat.finish('stop') + done))
  await expect.poll(() => page.shown()).toMatchObject({ status: 'complete', text: 'Half' })
  vi.unstubAllGlobals()
  await expectSettled(page, run, { status: 'complete', text: 'Half' })
})

test('without frames, the text and the end are still shown', async () => {
  stopFrames()
  const { fault, page, run } = await startStreaming()
  await fault.perform(write(chat.text(' and half')))
  await expect.poll(() => page.shown().text).toBe('Half and half')
  await fault.perform(write(chat.text(', whole') + chat.finish('stop') + done))
  await expectSettled(page, run, { status: 'complete', text: 'Half and half, whole' })
})

test('when frames stop in mid-stream, the text and the end are still shown', async () => {
  const { fault, page, run } = await startStreaming()
  for (const text of [' and', ' half']) {
    const shown = page.shown().text
    await fault.perform(write(chat.text(text)))
    await expect.poll(() => page.shown().text).toBe(shown + text)
  }
  stopFrames()
  await fault.perform(write(chat.text(', whole')))
  await expect.poll(() => page.shown().text).toBe('Half and half, whole')
  await fault.perform(write(chat.finish('stop') + done))
  await expectSettled(page, run, { status: 'complete', text: 'Half and half, whole' })
})

test('in a tab that is hidden while a frame is pending, the text and the end are still shown', async () => {
  const waiting = stopFrames()
  const { fault, page, run } = await startStreaming()
  await fault.perform(write(chat.text(' and half')))
  setHidden(true)
  await expect.poll(() => page.shown().text).toBe('Half and half')
  await fault.perform(write(chat.text(', whole')))
  await expect.poll(() => page.shown().text).toBe('Half and half, whole')
  // The pending frame callback was cancelled, so it does not run a second time.
  expect(waiting.size).toBe(0)
  await fault.perform(write(chat.finish('stop') + done))
  await expectSettled(page, run, { status: 'complete', text: 'Half and half, whole' })
})

test('a tab that is shown again publishes per frame, with nothing lost or sent twice', async () => {
  const { fault, page, run } = await startStreaming()
  for (let turn = 0; turn < 5; turn++) {
    setHidden(true)
    await fault.perform(write(chat.text('.')))
    setHidden(false)
  }
  await expect.poll(() => page.shown().text).toBe('Half.....')
  await fault.perform(write(chat.finish('stop') + done))
  // A second request to the same stream would be answered with 409.
  await expectSettled(page, run, { status: 'complete', text: 'Half.....' })
})

test('every displayed state continues the previous one', async () => {
  const pieces = words(300)
  const fault = await prepareFault(
    head(),
    { writes: pieces.map(chat.text), perSecond: 600 },
    write(chat.finish('stop') + done),
    end,
  )
  const page = await renderCompletion({ url: fault.url })
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'complete',
    text: pieces.join(''),
  })
  const texts = page.history.map(({ text }) => text)
  for (const [position, text] of texts.entries()) {
    expect(text.startsWith(texts[position - 1] ?? '')).toBe(true)
  }
})
