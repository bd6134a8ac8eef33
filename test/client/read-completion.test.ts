import { describe, expect, test, vi } from 'vitest'
import {
  readCompletion,
  type CompletionReading,
  type ReadCompletionOptions,
  type CompletionSource,
} from '../../src/core.ts'
import {
  answer,
  answerResponse,
  bodyOf,
  doneMarker,
  eventStream,
  finishChunk,
  textChunk,
} from './support/chat.ts'
import { collectReports } from './support/collect-reports.ts'
import { deepFreeze } from './support/deep-freeze.ts'
import { errorOf } from './support/expect-error.ts'
import { trackedStream } from './support/tracked-stream.ts'
import { turns } from './support/turns.ts'

type States = Awaited<ReturnType<typeof statesOf>>

async function statesOf(reading: CompletionReading) {
  const states = []
  for await (const state of reading) states.push(deepFreeze(state))
  return states
}

function readTracked(options?: ReadCompletionOptions) {
  const tracked = trackedStream()
  return { tracked, reading: readCompletion(tracked.stream, options) }
}

describe('the states', () => {
  test('start with connecting and end with the settled one, each once', async () => {
    const { tracked, reading } = readTracked()
    const states = statesOf(reading)
    for (const piece of [textChunk('Hel'), textChunk('lo'), finishChunk()]) {
      await turns()
      tracked.send(piece)
    }
    await turns()
    tracked.end()
    const all = await states
    expect(all.map(({ status, text }) => [status, text])).toEqual([
      ['connecting', ''],
      ['streaming', ''],
      ['streaming', 'Hel'],
      ['streaming', 'Hello'],
      ['streaming', 'Hello'],
      ['complete', 'Hello'],
    ])
    expect(new Set(all).size).toBe(all.length)
    expect(all.at(-1)).toBe(await reading.result)
  })

  test('are conflated for a slow consumer: it receives the latest, and always the settled one', async () => {
    const { tracked, reading } = readTracked()
    const texts: string[] = []
    let goOn!: () => void
    const done = (async () => {
      for await (const { text } of reading) {
        texts.push(text)
        if (text === '0') await new Promise<void>((resolve) => (goOn = resolve))
      }
    })()
    await turns()
    tracked.send(textChunk('0'))
    await turns()
    for (const digit of '123456789') {
      tracked.send(textChunk(digit))
      await turns(2)
    }
    goOn()
    await turns()
    tracked.send(doneMarker)
    await done
    expect(texts.slice(texts.indexOf('0'))).toEqual(['0', '0123456789', '0123456789'])
  })

  test('end with the settled state even if reading finished before the first step', async () => {
    const reading = readCompletion(answerResponse('Hello'))
    await reading.result
    expect((await statesOf(reading)).map(({ status }) => status)).toEqual(['complete'])
  })

  test('are the same for several iterators at once', async () => {
    const { tracked, reading } = readTracked()
    const all = Promise.all([statesOf(reading), statesOf(reading), statesOf(reading)])
    for (const piece of [textChunk('Hel'), textChunk('lo'), doneMarker]) {
      await turns()
      tracked.send(piece)
    }
    const [first, ...others] = await all
    expect(first.map(({ text }) => text)).toEqual(['', '', 'Hel', 'Hello', 'Hello'])
    for (const states of others as States[]) {
      expect(states).toHaveLength(first.length)
      for (const [index, state] of states.entries()) expect(state).toBe(first[index])
    }
  })
})

describe('the result', () => {
  test('resolves without any iteration', async () => {
    const { result } = readCompletion(answerResponse('Hello'))
    expect(await result).toMatchObject({ status: 'complete', text: 'Hello', finishReason: 'stop' })
  })

  test.each<[string, () => CompletionSource | Promise<CompletionSource>, object]>([
    [
      'a response that is not ok',
      () => Response.json({ error: { message: 'no' } }, { status: 401 }),
      { error: { kind: 'http', status: 401, message: 'no' } },
    ],
    [
      'a response whose fetch failed',
      () => Promise.reject(new TypeError('Failed to fetch')),
      { error: { kind: 'network', phase: 'connect' } },
    ],
    [
      'a response without a body',
      () => new Response(null, { status: 200 }),
      {
        error: { kind: 'protocol', message: expect.stringContaining('no readable body') as string },
      },
    ],
    ['a response that has already ended', () => eventStream(''), { error: { kind: 'truncated' } }],
    [
      'a stream that fails',
      () =>
        new ReadableStream({
          start(controller) {
            controller.error(new TypeError('network error'))
          },
        }),
      { error: { kind: 'network', phase: 'body' } },
    ],
  ])('of %s is a state and never rejects', async (_, open, expected) => {
    expect(await readCompletion(open()).result).toMatchObject({ status: 'error', ...expected })
  })

  test('of a response that has already been read says so', async () => {
    const response = answerResponse('Hello')
    await response.text()
    const error = errorOf(await readCompletion(response).result)
    expect(error.kind).toBe('protocol')
    expect(error.message).toContain('clone()')
  })

  test('of a response with another reader says so', async () => {
    const response = answerResponse('Hello')
    response.body!.getReader()
    const error = errorOf(await readCompletion(response).result)
    expect(error.kind).toBe('protocol')
    expect(error.message).toContain('clone()')
  })

  test('of a locked stream says so', async () => {
    const { stream } = trackedStream()
    stream.getReader()
    expect(errorOf(await readCompletion(stream).result)).toMatchObject({ kind: 'protocol' })
  })

  test('leaves the body of the response unlocked', async () => {
    const response = answerResponse('Hello')
    await readCompletion(response).result
    await turns()
    expect(response.body!.locked).toBe(false)
  })
})

describe('leaving early', () => {
  test('a break out of the loop aborts the reading and cancels the body', async () => {
    const { tracked, reading } = readTracked()
    tracked.send(textChunk('Hel'))
    for await (const { text } of reading) if (text !== '') break
    expect(tracked.cancelled).toBe(true)
    expect(await reading.result).toMatchObject({ status: 'aborted', text: 'Hel' })
    await turns()
    expect(tracked.stream.locked).toBe(false)
  })

  test('an error thrown in the loop does too', async () => {
    const { tracked, reading } = readTracked()
    tracked.send(textChunk('Hel'))
    const loop = async () => {
      for await (const { text } of reading) if (text !== '') throw new Error('a bug of the app')
    }
    await expect(loop()).rejects.toThrow('a bug of the app')
    expect(tracked.cancelled).toBe(true)
  })

  test('one of several iterators that leaves early ends the others with the aborted state', async () => {
    const { tracked, reading } = readTracked()
    const other = statesOf(reading)
    tracked.send(textChunk('Hel'))
    for await (const { text } of reading) if (text !== '') break
    expect((await other).at(-1)).toBe(await reading.result)
  })

  test.each([
    ['no reason', undefined, 'abort'],
    ['a reason', 'enough', 'enough'],
    ['null', null, null],
  ])('abort() with %s settles immediately', async (_, reason, abortReason) => {
    const { tracked, reading } = readTracked()
    const states = statesOf(reading)
    await turns()
    reading.abort(reason)
    expect(tracked.cancelled).toBe(true)
    expect(await reading.result).toMatchObject({ status: 'aborted', abortReason })
    expect((await states).at(-1)).toBe(await reading.result)
  })
})

describe('a signal', () => {
  test('that is already aborted: nothing is read, and the body is cancelled', async () => {
    const events: unknown[] = []
    const { tracked, reading } = readTracked({
      signal: AbortSignal.abort('too late'),
      onEvent: (event) => events.push(event),
    })
    tracked.send(textChunk('Hel'))
    expect(await reading.result).toMatchObject({
      status: 'aborted',
      abortReason: 'too late',
      text: '',
    })
    await turns()
    expect(tracked.cancelled).toBe(true)
    expect(events).toEqual([])
  })

  test('that is already aborted: a later rejection of the response is handled', async () => {
    const reading = readCompletion(Promise.reject(new TypeError('Failed to fetch')), {
      signal: AbortSignal.abort(),
    })
    expect((await reading.result).status).toBe('aborted')
    await turns()
  })

  test('that aborts during reading keeps the text', async () => {
    const controller = new AbortController()
    const { tracked, reading } = readTracked({ signal: controller.signal })
    tracked.send(textChunk('Hel'))
    await turns()
    const reason = new DOMException('5 s are over', 'TimeoutError')
    controller.abort(reason)
    expect(tracked.cancelled).toBe(true)
    const state = await reading.result
    expect(state).toMatchObject({ status: 'aborted', text: 'Hel' })
    expect(state.abortReason).toBe(reason)
  })

  test('that aborts while the response is awaited: its body is cancelled when it arrives', async () => {
    const controller = new AbortController()
    const tracked = trackedStream<Uint8Array>()
    let respond!: (response: Response) => void
    const reading = readCompletion(new Promise<Response>((resolve) => (respond = resolve)), {
      signal: controller.signal,
    })
    await turns()
    controller.abort('enough')
    expect(await reading.result).toMatchObject({ status: 'aborted', abortReason: 'enough' })
    respond(eventStream(tracked.stream))
    await turns()
    expect(tracked.cancelled).toBe(true)
  })

  test('that aborts after the end changes nothing', async () => {
    const controller = new AbortController()
    const { result } = readCompletion(answerResponse('Hello'), { signal: controller.signal })
    await result
    controller.abort()
    expect(await result).toMatchObject({ status: 'complete', abortReason: undefined })
  })

  test('has no listener any more once reading has ended', async () => {
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    await readCompletion(answerResponse('Hello'), { signal }).result
    expect(added).toHaveBeenCalledTimes(1)
    expect(removed).toHaveBeenCalledWith('abort', added.mock.calls[0]![1])
  })
})

describe('the options', () => {
  test('onEvent receives every event; errors that it throws are reported and do not affect the run', async () => {
    const reports = collectReports()
    const broken = new Error('a bug of the app')
    const data: string[] = []
    const { result } = readCompletion(eventStream(answer('Hello')), {
      onEvent(event) {
        data.push(event.data)
        if (data.length === 1) throw broken
      },
    })
    expect(await result).toMatchObject({ status: 'complete', text: 'Hello' })
    expect(data).toHaveLength(3)
    expect(data.at(-1)).toBe('[DONE]')
    expect(reports.splice(0)).toEqual([broken])
  })

  test('format accepts only that format', async () => {
    const { result } = readCompletion(answerResponse('Hello'), { format: 'openai-responses' })
    expect(errorOf(await result)).toMatchObject({ kind: 'protocol' })
  })

  test('limits end reading', async () => {
    const source = eventStream(bodyOf(textChunk('12345'), textChunk('6'), doneMarker))
    const { result } = readCompletion(source, { limits: { textLength: 5 } })
    expect(errorOf(await result)).toMatchObject({ kind: 'limit' })
  })
})
