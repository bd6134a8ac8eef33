import { expect, test, vi } from 'vitest'
import { doneMarker, textChunk } from './support/chat.ts'
import { observe } from './support/observe.ts'
import { callbacksOfOneFrame, stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

async function streamingRuns(count: number) {
  const observed = Array.from({ length: count }, () => observe({ publish: 'frame' }))
  for (const { client } of observed) void client.start('a')
  await turns()
  for (const { requests } of observed) {
    requests[0]!.respond()
    requests[0]!.send(textChunk('0'))
  }
  await turns()
  return observed
}

test.each([2, 20])('%i completions are published in one frame', async (count) => {
  const frames = stubFrames()
  const observed = await streamingRuns(count)
  const { asked } = frames

  for (const { requests } of observed) requests[0]!.send(textChunk('1'))
  await turns()

  expect(frames.asked).toBe(asked + callbacksOfOneFrame)
  expect(frames.waiting).toBe(callbacksOfOneFrame)
  expect(vi.getTimerCount()).toBe(callbacksOfOneFrame)
  frames.draw()
  expect(observed.map(({ client }) => client.getState().text)).toEqual(
    Array.from({ length: count }, () => '01'),
  )
  expect(vi.getTimerCount()).toBe(0)
})

test('a completion that settles does not cancel the frame of the others', async () => {
  const frames = stubFrames()
  const [one, other] = await streamingRuns(2)
  for (const { requests } of [one!, other!]) requests[0]!.send(textChunk('1'))
  await turns()

  one!.requests[0]!.send(doneMarker)
  await turns()
  expect(one!.client.getState()).toMatchObject({ status: 'complete', text: '01' })
  expect(frames.waiting).toBe(callbacksOfOneFrame)
  expect(other!.client.getState().text).toBe('0')

  frames.draw()
  expect(other!.client.getState().text).toBe('01')
})

test('a subscriber that throws does not prevent the others from being published', async () => {
  const frames = stubFrames()
  const [one, other] = await streamingRuns(2)
  const unsubscribe = one!.client.subscribe(() => {
    throw new Error('a bug of the app')
  })
  for (const { requests } of [one!, other!]) requests[0]!.send(textChunk('1'))
  await turns()
  frames.draw()
  unsubscribe()

  expect(other!.client.getState().text).toBe('01')
  // Errors are reported to one global function, which the second client collects.
  expect([...one!.reports.splice(0), ...other!.reports.splice(0)]).toHaveLength(1)
})

test('a completion that another one aborts within a frame is published once', async () => {
  const frames = stubFrames()
  const [one, other] = await streamingRuns(2)
  for (const { requests } of [one!, other!]) requests[0]!.send(textChunk('1'))
  await turns()
  const count = other!.published.length
  const unsubscribe = one!.client.subscribe(() => other!.client.abort())

  frames.draw()
  unsubscribe()

  expect(other!.published.slice(count).map(({ status, text }) => [status, text])).toEqual([
    ['aborted', '01'],
  ])
})
