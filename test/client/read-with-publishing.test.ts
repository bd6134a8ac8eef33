import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { CompletionOptions } from '../../src/core.ts'
import { bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { startNativeRun } from './support/native-run.ts'
import { stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

beforeEach(() => () => vi.restoreAllMocks())

/** Starts a run that shows one text, '0'. */
async function begin(options: Partial<CompletionOptions>) {
  const run = await startNativeRun(options)
  onTestFinished(() => run.stop())
  return run
}

/** The same, after a second text, '1', has been published by a frame. */
async function beginInFrames(options: Parameters<typeof begin>[0] = {}) {
  const frames = stubFrames()
  const run = await begin(options)
  await run.send(bodyOf(textChunk('1')))
  await frames.drawSlowly()
  return { frames, ...run }
}

test('the first content is published immediately, and reading continues until a frame fires', async () => {
  const frames = stubFrames()
  const { texts, send, isReading } = await begin({ publish: 'frame' })
  expect(texts.at(-1)).toBe('0')
  expect(isReading()).toBe(true)
  await send(bodyOf(textChunk('1')))
  await send(bodyOf(textChunk('2')))
  expect(isReading()).toBe(true)
  expect(texts.at(-1)).toBe('0')
  await frames.drawSlowly()
  expect(texts.at(-1)).toBe('012')
})

test('while frames fire, reading waits for the next one', async () => {
  const { frames, texts, send, isReading } = await beginInFrames()
  await send(bodyOf(textChunk('2')))
  expect(isReading()).toBe(false)
  await send(bodyOf(textChunk('3')))
  expect(isReading()).toBe(false)
  await frames.drawSlowly()
  expect(texts.at(-1)).toBe('0123')
})

test('data read in a frame is published in that frame', async () => {
  const { frames, texts, send } = await beginInFrames()
  await send(bodyOf(textChunk('2')))
  await frames.drawSlowly()
  for (const text of ['3', '4', '5']) {
    await send(bodyOf(textChunk(text)))
    await frames.drawSlowly()
    expect(texts.at(-1)).toContain(text)
  }
  expect(texts).toEqual(['', '0', '01', '012', '0123', '01234', '012345'])
})

test('no frame is requested while nothing arrives', async () => {
  const { frames, isReading } = await beginInFrames()
  await frames.drawSlowly()
  expect(isReading()).toBe(true)
  expect(frames.waiting).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('when frames stop, reading continues after 50 ms and then no longer waits', async () => {
  const { send, isReading, settled } = await beginInFrames()
  await send(bodyOf(textChunk('2')))
  vi.advanceTimersByTime(49)
  await turns()
  expect(isReading()).toBe(false)
  vi.advanceTimersByTime(1)
  await turns()
  expect(isReading()).toBe(true)
  await send(bodyOf(textChunk('3')))
  expect(isReading()).toBe(true)
  await send(bodyOf(finishChunk(), doneMarker))
  expect(await settled).toMatchObject({ status: 'complete', text: '0123' })
})

test('when frames fire again, reading waits for them again', async () => {
  const { frames, send, isReading, texts } = await beginInFrames()
  await send(bodyOf(textChunk('2')))
  vi.advanceTimersByTime(250)
  await turns()
  expect(texts.at(-1)).toBe('012')
  await send(bodyOf(textChunk('3')))
  expect(isReading()).toBe(true)
  await frames.drawSlowly()
  await send(bodyOf(textChunk('4')))
  expect(isReading()).toBe(false)
})

describe('with an interval, reading waits', () => {
  test.each([
    [20, 20],
    [1000, 50],
  ])('every %i ms for at most %i ms', async (every, wait) => {
    stubFrames()
    const { send, isReading, texts } = await begin({ publish: { every } })
    expect(isReading()).toBe(true)
    await send(bodyOf(textChunk('1')))
    vi.advanceTimersByTime(every)
    await turns()
    expect(texts.at(-1)).toBe('01')
    await send(bodyOf(textChunk('2')))
    expect(isReading()).toBe(false)
    vi.advanceTimersByTime(wait - 1)
    await turns()
    expect(isReading()).toBe(false)
    vi.advanceTimersByTime(1)
    await turns()
    expect(isReading()).toBe(true)
  })

  test('and data that arrives meanwhile is published together with the data read before', async () => {
    stubFrames()
    const { send, texts } = await begin({ publish: { every: 50 } })
    await send(bodyOf(textChunk('1')))
    vi.advanceTimersByTime(50)
    await turns()
    await send(bodyOf(textChunk('2')))
    await send(bodyOf(textChunk('3')))
    // One by one: a browser runs the microtasks of a timer before the next timer.
    await vi.advanceTimersByTimeAsync(50)
    expect(texts).toEqual(['', '0', '01', '0123'])
  })
})

test('an end that arrives while reading waits is detected with the frame', async () => {
  const { frames, settled, send } = await beginInFrames()
  await send(bodyOf(textChunk('2')))
  await send(bodyOf(finishChunk(), doneMarker))
  await frames.drawSlowly()
  expect(await settled).toMatchObject({ status: 'complete', text: '012' })
})

test('a run that is aborted while reading waits settles immediately', async () => {
  const { client, send, isReading, settled } = await beginInFrames()
  await send(bodyOf(textChunk('2')))
  expect(isReading()).toBe(false)
  client.abort()
  expect(await settled).toMatchObject({ status: 'aborted', text: '012' })
})

test.each<[string, Parameters<typeof begin>[0]]>([
  ['every event is published', { publish: 'sync' }],
  ['the app listens to events', { onEvent: () => undefined }],
])('if %s, reading does not wait', async (_, options) => {
  const { send, isReading } = await beginInFrames(options)
  await send(bodyOf(textChunk('2')))
  expect(isReading()).toBe(true)
})

test('in a hidden page, where frames stop, reading does not wait', async () => {
  const { send, isReading } = await beginInFrames()
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  await send(bodyOf(textChunk('2')))
  expect(isReading()).toBe(true)
})
