import { expect, test, vi } from 'vitest'
import { bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { setPageVisibility } from './support/hide-page.ts'
import { observe } from './support/observe.ts'
import { callbacksOfOneFrame, stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

async function streaming() {
  const frames = stubFrames()
  const observed = observe({ publish: 'frame' })
  const settled = observed.client.start('a')
  await turns()
  const request = observed.requests[0]!
  request.respond()
  request.send(textChunk('0'))
  await turns()
  // The frame that was requested with the headers has fired.
  frames.draw()
  const texts = () => observed.published.map(({ text }) => text)
  async function arrive(text: string) {
    request.send(textChunk(text))
    await turns()
  }
  return { ...observed, frames, settled, request, texts, arrive }
}

test('while the page is hidden, a timer publishes and no frame is requested', async () => {
  const { frames, client, arrive, texts } = await streaming()
  setPageVisibility('hidden')
  const { asked } = frames
  await arrive('1')
  await arrive('2')
  expect(client.getState().text).toBe('0')
  vi.advanceTimersByTime(100)
  expect(client.getState().text).toBe('012')
  await arrive('3')
  vi.advanceTimersByTime(100)
  expect(texts()).toEqual(['', '0', '012', '0123'])
  expect(frames.asked).toBe(asked)
})

test('the settled state is published in a hidden page without any timer or frame', async () => {
  const { client, request, settled, published } = await streaming()
  setPageVisibility('hidden')
  request.send(bodyOf(textChunk('1'), finishChunk(), doneMarker))
  expect(await settled).toMatchObject({ status: 'complete', text: '01' })
  expect(client.getState()).toBe(await settled)
  expect(published.at(-1)).toBe(client.getState())
  expect(vi.getTimerCount()).toBe(0)
})

test('a run that begins in a hidden page is published', async () => {
  stubFrames()
  setPageVisibility('hidden')
  const { client, requests } = observe({ publish: 'frame' })
  void client.start('a')
  await turns()
  requests[0]!.respond()
  await turns()
  expect(client.getState().status).toBe('connecting')
  vi.advanceTimersByTime(100)
  expect(client.getState().status).toBe('streaming')
  requests[0]!.send(textChunk('0'))
  await turns()
  expect(client.getState().text).toBe('0')
})

test('a frame that was requested before the page was hidden does not delay publishing', async () => {
  const { frames, client, arrive, texts } = await streaming()
  await arrive('1')
  expect(frames.waiting).toBe(callbacksOfOneFrame)

  setPageVisibility('hidden')

  vi.advanceTimersByTime(250)
  expect(client.getState().text).toBe('01')
  expect(frames.waiting).toBe(0)
  frames.draw()
  expect(texts()).toEqual(['', '0', '01'])
})

test('a timer that is running when the page is shown again causes no duplicate publishing', async () => {
  const { frames, client, arrive, texts } = await streaming()
  setPageVisibility('hidden')
  await arrive('1')

  setPageVisibility('visible')

  vi.advanceTimersByTime(100)
  expect(client.getState().text).toBe('01')
  frames.draw()
  vi.advanceTimersByTime(1000)
  expect(texts()).toEqual(['', '0', '01'])
  await arrive('2')
  expect(frames.waiting).toBe(callbacksOfOneFrame)
})

test('hiding and showing the page ten times causes one request and publishes every text once', async () => {
  const { frames, requests, arrive, texts, request, settled } = await streaming()
  for (let cycle = 0; cycle < 10; cycle++) {
    setPageVisibility('hidden')
    await arrive('h')
    vi.advanceTimersByTime(100)
    setPageVisibility('visible')
    await arrive('v')
    frames.draw()
  }
  request.send(doneMarker)
  await settled

  expect(requests).toHaveLength(1)
  const streamed = texts().slice(0, -1)
  expect(new Set(streamed).size).toBe(streamed.length)
  expect(texts().at(-1)).toBe(`0${'hv'.repeat(10)}`)
})

test('no timer or frame remains when nothing waits to be published', async () => {
  const { frames, arrive, client } = await streaming()
  await arrive('1')
  frames.draw()
  client.abort()
  const { asked } = frames
  setPageVisibility('hidden')
  setPageVisibility('visible')
  expect(frames.asked).toBe(asked)
  expect(vi.getTimerCount()).toBe(0)
})
