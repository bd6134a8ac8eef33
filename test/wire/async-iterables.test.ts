import { describe, expect, test, vi } from 'vitest'
import { readCompletion, type CompletionReading } from '../../src/core.ts'
import { bytesOf } from '../support/read-body.ts'
import { chatChunk, chatStream, completed, textDelta } from '../support/wire-text.ts'
import { allTurns } from '../support/watched-body.ts'

/** An iterable over these values that records its calls. */
function watchedIterable(
  values: readonly unknown[],
  ending: 'ends' | 'stays open' | Error = 'ends',
) {
  let next = 0
  const iterator = {
    next: vi.fn(async (): Promise<IteratorResult<unknown>> => {
      if (next < values.length) return { done: false, value: values[next++] }
      if (ending instanceof Error) throw ending
      return ending === 'ends' ? { done: true, value: undefined } : new Promise(() => undefined)
    }),
    return: vi.fn(async (): Promise<IteratorResult<unknown>> => ({ done: true, value: undefined })),
  }
  return { [Symbol.asyncIterator]: () => iterator, iterator }
}

const chunks = [chatChunk({ content: 'Hel' }), chatChunk({ content: 'lo' }), chatChunk({}, 'stop')]
const events = [textDelta('Hel'), textDelta('lo'), completed()]

test('a step that is not a promise is accepted', async () => {
  const values = chatStream({ content: 'Hello' })
  const iterator = { next: vi.fn().mockReturnValueOnce({ value: values }) }
  const body = { [Symbol.asyncIterator]: () => iterator as unknown as AsyncIterator<string> }
  expect(await readCompletion(body).result).toMatchObject({ status: 'complete', text: 'Hello' })
})

describe('an async iterable is a body', () => {
  test.each([
    ['of chat chunks as objects', chunks],
    ['of Responses events as objects', events],
    ['of text', chatStream({ content: 'Hello' }).split(/(?<=e)/)],
    ['of bytes', [...bytesOf(chatStream({ content: 'Hello' }))].map((byte) => Uint8Array.of(byte))],
  ])('%s', async (_, values) => {
    expect(await readCompletion(watchedIterable(values)).result).toMatchObject({
      status: 'complete',
      text: 'Hello',
      finishReason: 'stop',
    })
  })

  test('as a generator', async () => {
    async function* source() {
      yield* chunks
    }
    expect(await readCompletion(source()).result).toMatchObject({
      status: 'complete',
      text: 'Hello',
    })
  })

  test('as a ReadableStream of objects', async () => {
    const stream = new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk)
        controller.close()
      },
    })
    expect(await readCompletion(stream).result).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('has events that reach onEvent with their JSON and, on access, their text', async () => {
    const onEvent = vi.fn()
    await readCompletion(watchedIterable(chunks), { onEvent }).result
    const [event] = onEvent.mock.calls[0] as [{ json: unknown; data: string }]
    expect(event.json).toBe(chunks[0])
    expect(event.data).toBe(JSON.stringify(chunks[0]))
  })

  test('that ends early is truncated', async () => {
    expect(await readCompletion(watchedIterable(chunks.slice(0, 2))).result).toMatchObject({
      status: 'error',
      text: 'Hello',
      error: { kind: 'truncated' },
    })
  })

  test('that throws is a broken connection', async () => {
    const source = watchedIterable(chunks.slice(0, 2), new Error('socket hang up'))
    expect(await readCompletion(source).result).toMatchObject({
      status: 'error',
      text: 'Hello',
      error: { kind: 'network', phase: 'body' },
    })
  })
})

describe('return() of an iterator that did not end by itself is called once', () => {
  test('at the proper end', async () => {
    const source = watchedIterable([...events, textDelta('late')])
    expect(await readCompletion(source).result).toMatchObject({ status: 'complete', text: 'Hello' })
    await allTurns()
    expect(source.iterator.return).toHaveBeenCalledOnce()
    expect(source.iterator.next).toHaveBeenCalledTimes(events.length)
  })

  test('at an abort, even if its next value never arrives', async () => {
    const source = watchedIterable(chunks.slice(0, 1), 'stays open')
    const reading = readCompletion(source)
    await allTurns()
    reading.abort()
    expect(await reading.result).toMatchObject({ status: 'aborted', text: 'Hel' })
    await allTurns()
    expect(source.iterator.return).toHaveBeenCalledOnce()
  })

  test('at an abort inside onEvent', async () => {
    const source = watchedIterable(chunks)
    const reading: CompletionReading = readCompletion(source, { onEvent: () => reading.abort() })
    expect(await reading.result).toMatchObject({ status: 'aborted' })
    await allTurns()
    expect(source.iterator.return).toHaveBeenCalledOnce()
    expect(source.iterator.next).toHaveBeenCalledOnce()
  })

  test('but not if it ended', async () => {
    const source = watchedIterable(chunks)
    await readCompletion(source).result
    await allTurns()
    expect(source.iterator.return).not.toHaveBeenCalled()
  })
})

describe('a failing return() of an iterator is ignored', () => {
  test.each([
    [
      'by throwing',
      () => {
        throw new Error('return')
      },
    ],
    ['by rejecting', () => Promise.reject(new Error('return'))],
    ['by not having the method', undefined],
  ])('%s', async (_, failing) => {
    const source = watchedIterable(chunks.slice(0, 1), 'stays open')
    Object.assign(source.iterator, { return: failing })
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    process.on('uncaughtException', unhandled)
    const reading = readCompletion(source)
    await allTurns()
    reading.abort()
    expect(await reading.result).toMatchObject({ status: 'aborted' })
    await allTurns()
    process.off('unhandledRejection', unhandled)
    process.off('uncaughtException', unhandled)
    expect(unhandled).not.toHaveBeenCalled()
  })
})

test('a stream with its own controller is stopped through it', async () => {
  const controller = new AbortController()
  const source = Object.assign(watchedIterable(chunks.slice(0, 1), 'stays open'), { controller })
  const reading = readCompletion(source)
  await allTurns()
  expect(controller.signal.aborted).toBe(false)
  reading.abort()
  await reading.result
  expect(controller.signal.aborted).toBe(true)
})

test.each<[string, (() => unknown) | undefined]>([
  [
    'throws',
    () => {
      throw new Error('no')
    },
  ],
  ['does not return a promise', () => undefined],
  ['rejects', () => Promise.reject(new Error('no'))],
  ['is missing', undefined],
])('a reader of an app whose cancel %s changes nothing', async (_, cancel) => {
  const uncaught = vi.fn()
  const before = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', uncaught)
  const read = async () => ({ done: false, value: chatStream({ content: 'Hello' }) })
  const reader = { read, cancel, releaseLock: () => undefined }
  const body = { locked: false, getReader: () => reader } as unknown as ReadableStream
  expect(await readCompletion(body).result).toMatchObject({ status: 'complete', text: 'Hello' })
  await allTurns()
  process.removeAllListeners('uncaughtException')
  for (const listener of before) process.on('uncaughtException', listener)
  expect(uncaught).not.toHaveBeenCalled()
})
