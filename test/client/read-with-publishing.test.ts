import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createCompletion, type PublishMode } from '../../src/core.ts'
import { bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

let now = 0

beforeEach(() => {
  now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  return () => {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  }
})

/** A run that reads a response of the browser's own `fetch`, of which one text has arrived. */
async function begin(options: { publish?: PublishMode; onEvent?: () => void }) {
  let body!: ReadableByteStreamController
  const stream = new ReadableStream({
    type: 'bytes',
    start: (controller) => void (body = controller),
  })
  const response = new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
  const fetch = Object.assign(async () => response, {
    toString: () => 'function fetch() { [native code] }',
  })
  vi.stubGlobal('fetch', fetch)
  const client = createCompletion({ url: '/', ...options })
  onTestFinished(async () => {
    client.abort()
    // All tests share one clock, which must not wait for a frame of this one.
    vi.advanceTimersByTime(1000)
    await turns()
    vi.advanceTimersByTime(1000)
  })
  const texts: string[] = []
  client.subscribe(() => texts.push(client.getState().text))
  const settled = client.start({})
  await turns()
  const send = async (text: string) => {
    now += 2
    body.enqueue(new TextEncoder().encode(text))
    await turns()
  }
  await send(bodyOf(textChunk('0')))
  /** Whether the run asks for more than has arrived. */
  const isReading = () => body.byobRequest !== null
  return { client, texts, settled, send, isReading, close: () => body.close() }
}

test('the first content is published at once, and reading waits for the next frame', async () => {
  const frames = stubFrames()
  const { texts, send, isReading } = await begin({ publish: 'frame' })
  expect(texts.at(-1)).toBe('0')
  expect(isReading()).toBe(false)
  await send(bodyOf(textChunk('1')))
  await send(bodyOf(textChunk('2')))
  expect(isReading()).toBe(false)
  await frames.drawSlowly()
  expect(texts.at(-1)).toBe('012')
})

test('what is read in a frame is published in that frame', async () => {
  const frames = stubFrames()
  const { texts, send } = await begin({ publish: 'frame' })
  await frames.drawSlowly()
  for (const text of ['1', '2', '3']) {
    await send(bodyOf(textChunk(text)))
    await frames.drawSlowly()
    expect(texts.at(-1)).toContain(text)
  }
  expect(texts).toEqual(['', '0', '01', '012', '0123'])
})

test('no frame is asked for while nothing arrives', async () => {
  const frames = stubFrames()
  const { isReading } = await begin({ publish: 'frame' })
  await frames.drawSlowly()
  expect(isReading()).toBe(true)
  expect(frames.waiting).toBe(0)
})

test('with an interval, reading waits for its end, and never for longer than 50 ms', async () => {
  stubFrames()
  for (const [every, wait] of [
    [20, 20],
    [1000, 50],
  ] as const) {
    const { isReading } = await begin({ publish: { every } })
    expect(isReading()).toBe(false)
    vi.advanceTimersByTime(wait - 1)
    await turns()
    expect(isReading()).toBe(false)
    vi.advanceTimersByTime(1)
    await turns()
    expect(isReading()).toBe(true)
  }
})

test('an end that arrives while reading waits is noticed with the frame', async () => {
  const frames = stubFrames()
  const { settled, send, close } = await begin({ publish: 'frame' })
  await send(bodyOf(textChunk('1'), finishChunk(), doneMarker))
  close()
  await frames.drawSlowly()
  expect(await settled).toMatchObject({ status: 'complete', text: '01' })
})

test('a run that is aborted while reading waits settles at once', async () => {
  stubFrames()
  const { client, settled } = await begin({ publish: 'frame' })
  client.abort()
  expect(await settled).toMatchObject({ status: 'aborted', text: '0' })
})

test.each<[string, Parameters<typeof begin>[0]]>([
  ['every event is published', { publish: 'sync' }],
  ['the app listens to events', { onEvent: () => undefined }],
])('where %s, reading does not wait', async (_, options) => {
  stubFrames()
  const { isReading } = await begin(options)
  expect(isReading()).toBe(true)
})

test('in a hidden page, where frames stop, reading does not wait', async () => {
  stubFrames()
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  const { isReading } = await begin({ publish: 'frame' })
  expect(isReading()).toBe(true)
})
