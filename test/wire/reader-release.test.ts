import { describe, expect, test, vi } from 'vitest'
import { readCompletion, type CompletionReading } from '../../src/core.ts'
import type { ReadOptions } from '../../src/types.ts'
import {
  chatChunk,
  completed,
  data,
  done,
  responsesStream,
  textDelta,
} from '../support/wire-text.ts'
import { allTurns, watchedBody, type Ending } from '../support/watched-body.ts'

const hello = data(chatChunk({ content: 'Hello' }))
const stop = data(chatChunk({}, 'stop'))

interface WayOut {
  way: string
  chunks: string[]
  ending?: Ending
  options?: ReadOptions
  status: 'complete' | 'error' | 'aborted'
  /** Ends reading on the client side, once everything has been read. */
  then?: (reading: CompletionReading) => void
}

describe('a body that did not end by itself is cancelled once and released', () => {
  const waysOut: WayOut[] = [
    { way: '[DONE] on a socket that stays open', chunks: [hello, done], status: 'complete' },
    { way: '[DONE] in one chunk with the rest', chunks: [hello + stop + done], status: 'complete' },
    {
      way: 'the proper end of a Responses stream',
      chunks: [responsesStream(textDelta('Hello'), completed())],
      status: 'complete',
    },
    { way: 'an error in the stream', chunks: [hello, data({ error: 'No.' })], status: 'error' },
    { way: 'data that is malformed', chunks: [hello, data('{"a"')], status: 'error' },
    {
      way: 'an event that is too long',
      chunks: [hello, `data: ${'x'.repeat(300)}`],
      options: { limits: { eventLength: 200 } },
      status: 'error',
    },
    {
      way: 'text that is too long',
      chunks: [hello, hello],
      options: { limits: { textLength: 6 } },
      status: 'error',
    },
    { way: 'a page instead of a stream', chunks: ['<!doctype html>'], status: 'error' },
    {
      way: 'another format than the requested one',
      chunks: [hello],
      options: { format: 'openai-responses' },
      status: 'error',
    },
    {
      way: 'an abort during a read',
      chunks: [hello],
      status: 'aborted',
      then: (reading) => reading.abort(),
    },
  ]

  test.each(waysOut)('$way', async ({ chunks, ending, options, status, then }) => {
    const body = watchedBody(chunks, ending)
    const reading = readCompletion(body.response(), options)
    await allTurns()
    then?.(reading)
    expect(await reading.result).toMatchObject({ status })
    await allTurns()
    expect(body.cancel).toHaveBeenCalledOnce()
    expect(body.stream.locked).toBe(false)
  })

  test('an abort inside onEvent', async () => {
    const body = watchedBody([hello, hello])
    const reading: CompletionReading = readCompletion(body.response(), {
      onEvent: () => reading.abort('enough'),
    })
    expect(await reading.result).toMatchObject({ status: 'aborted', abortReason: 'enough' })
    await allTurns()
    expect(body.cancel).toHaveBeenCalledOnce()
    expect(body.stream.locked).toBe(false)
  })

  test('leaving the loop over the states', async () => {
    const body = watchedBody([hello])
    for await (const { text } of readCompletion(body.response())) if (text !== '') break
    await allTurns()
    expect(body.cancel).toHaveBeenCalledOnce()
    expect(body.stream.locked).toBe(false)
  })
})

describe('a body that ended by itself is not cancelled, but released', () => {
  test.each<WayOut>([
    { way: 'after a proper end', chunks: [hello, stop], ending: 'ends', status: 'complete' },
    { way: 'without a proper end', chunks: [hello], ending: 'ends', status: 'error' },
    { way: 'with an empty body', chunks: [], ending: 'ends', status: 'error' },
    { way: 'by breaking', chunks: [hello], ending: new TypeError('reset'), status: 'error' },
  ])('$way', async ({ chunks, ending, status }) => {
    const body = watchedBody(chunks, ending)
    expect(await readCompletion(body.response()).result).toMatchObject({ status })
    await allTurns()
    expect(body.cancel).not.toHaveBeenCalled()
    expect(body.stream.locked).toBe(false)
  })
})

test('[DONE] settles the run while the socket stays open', async () => {
  const onEvent = vi.fn()
  const body = watchedBody([hello + done + hello])
  const result = await readCompletion(body.response(), { onEvent }).result
  expect(result).toMatchObject({ status: 'complete', text: 'Hello' })
  expect(onEvent).toHaveBeenCalledTimes(2)
})

test('a finish reason does not settle the run: later events still count', async () => {
  const body = watchedBody([hello, stop])
  const reading = readCompletion(body.response())
  let settled = false
  void reading.result.then(() => (settled = true))
  await allTurns()
  expect(settled).toBe(false)
  reading.abort()
  expect(await reading.result).toMatchObject({ status: 'aborted', finishReason: 'stop' })
})
