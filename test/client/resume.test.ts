import { beforeEach, describe, expect, test, vi } from 'vitest'
import { bodyOf, finishChunk, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { pass } from './support/fake-time.ts'
import { setPageVisibility } from './support/hide-page.ts'
import { observe } from './support/observe.ts'
import { responseBody, withIds } from './support/responses-stream.ts'
import { events, started, text } from './support/resuming.ts'
import { stopTheWaits } from './support/stop-the-waits.ts'
import { turns } from './support/turns.ts'

beforeEach(stopTheWaits)

test('a broken stream is reopened after the last event and continues the text', async () => {
  const { serve, request, settled, state, requests, published } = await started()
  await serve(0, responseBody(events, 0, 4))
  expect(state()).toMatchObject({ status: 'streaming', text: 'Hello, ', attempt: 1 })
  expect(state().nextAttemptAt).toBe(performance.now() + 1000)
  await pass(999)
  expect(requests).toHaveLength(1)
  await pass(1)
  expect(request(1).url).toBe('/api/resp_1?after=3&id=undefined')
  expect(request(1).init.method).toBe('GET')
  expect(request(1).init.body).toBeUndefined()
  expect(state()).toMatchObject({ status: 'streaming', attempt: 2, nextAttemptAt: undefined })
  await serve(1, responseBody(events, 4), 'stay')
  expect(await settled).toMatchObject({ status: 'complete', text, attempt: 2 })
  expect(published.map(({ status }) => status)).not.toContain('error')
  expect(vi.getTimerCount()).toBe(0)
})

test('without the option, a break is an error', async () => {
  const { serve, settled, requests } = await started({}, { resume: undefined })
  await serve(0, responseBody(events, 0, 4))
  expect(errorOf(await settled).kind).toBe('network')
  await pass(100_000)
  expect(requests).toHaveLength(1)
})

describe('cut after any event', () => {
  const cuts = events.slice(0, -1).map((_, index) => index + 1)

  test.each(cuts)(
    '%d, however it breaks: the text is the same, and every event is applied once',
    async (cut) => {
      for (const end of ['fail', 'end'] as const) {
        const { serve, settled, seen } = await started()
        await serve(0, responseBody(events, 0, cut), end)
        await pass(1000)
        await serve(1, responseBody(events, cut), 'stay')
        expect(await settled).toMatchObject({ status: 'complete', text })
        expect(seen.map(({ json }) => json)).toEqual(events)
      }
    },
  )

  test.each(cuts)('%d, if the server sends everything from the beginning again', async (cut) => {
    const { serve, settled, seen } = await started()
    await serve(0, responseBody(events, 0, cut))
    await pass(1000)
    await serve(1, responseBody(events), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text })
    expect(seen.map(({ json }) => json)).toEqual(events)
  })

  test('repeatedly: a break at every event does not exhaust the attempts', async () => {
    const { serve, settled, seen } = await started({ attempts: 1 })
    for (const index of events.keys()) {
      await serve(index, responseBody(events, index, index + 1))
      await pass(1000)
    }
    expect(await settled).toMatchObject({ status: 'complete', text, attempt: events.length })
    expect(seen.map(({ json }) => json)).toEqual(events)
  })
})

test.each(['fail', 'end'] as const)(
  'cut in the middle of an event, by a %s: the same text, every event once',
  async (end) => {
    const whole = responseBody(events)
    const { length } = responseBody(events, 0, 1)
    // Positions of all kinds: within keys, values, numbers and line ends.
    for (let cut = length; cut < whole.length; cut += 41) {
      const { serve, settled, seen, requests } = await started()
      await serve(0, whole.slice(0, cut), end)
      await pass(1000)
      if (requests.length > 1) {
        const after = Number(new URL(requests[1]!.url, 'http://a').searchParams.get('after'))
        await serve(1, responseBody(events, after + 1), 'stay')
      }
      expect((await settled).text, `cut at ${cut}`).toBe(text)
      expect(seen.map(({ json }) => json)).toEqual(events)
    }
  },
  30_000,
)

test('a complete event without its blank line counts at a clean end and is not requested again', async () => {
  const { serve, request } = await started()
  await serve(0, responseBody(events, 0, 4).trimEnd(), 'end')
  await pass(1000)
  expect(request(1).url).toContain('after=3')
})

test('an incomplete event is not applied and is requested again', async () => {
  const { serve, request, state } = await started()
  await serve(0, responseBody(events, 0, 4).slice(0, -10))
  expect(state().text).toBe('Hel')
  await pass(1000)
  expect(request(1).url).toContain('after=2')
})

describe('a break is', () => {
  test('silence for longer than the idle timeout', async () => {
    const { serve, request, settled } = await started({}, { timeouts: { idle: 5000 } })
    await serve(0, responseBody(events, 0, 4), 'stay')
    await pass(5001)
    expect(request(0).closedByClient).toBe(true)
    await pass(1000)
    await serve(1, responseBody(events, 4), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text })
  })

  test('a server that does not answer when the stream is reopened', async () => {
    const { serve, request, settled } = await started({}, { timeouts: { response: 5000 } })
    await serve(0, responseBody(events, 0, 4))
    await pass(1000)
    await pass(5001)
    expect(request(1).closedByClient).toBe(true)
    await pass(2000)
    await serve(2, responseBody(events, 4), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text, attempt: 3 })
  })

  test('[DONE] before the end of the response', async () => {
    const { serve, settled } = await started()
    await serve(0, `${responseBody(events, 0, 4)}data: [DONE]\n\n`, 'stay')
    await pass(1000)
    await serve(1, responseBody(events, 4), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text })
  })

  test('not an error that the provider reports, or an unreadable response', async () => {
    for (const event of ['{"error": {"message": "no"}}', '{"type": "resp']) {
      const { serve, settled, requests } = await started()
      await serve(0, `${responseBody(events, 0, 4)}data: ${event}\n\n`, 'stay')
      expect(errorOf(await settled).kind).toMatch(/api|protocol/)
      expect(requests).toHaveLength(1)
    }
  })

  test('not a limit, the total timeout, or an abort', async () => {
    for (const options of [{ limits: { textLength: 3 } }, { timeouts: { total: 3000 } }, {}]) {
      const { serve, settled, requests, client } = await started({}, options)
      await serve(0, responseBody(events, 0, 4), 'stay')
      await pass(3001)
      client.abort()
      expect((await settled).status).toMatch(/error|aborted/)
      await pass(100_000)
      expect(requests).toHaveLength(1)
    }
  })
})

describe('a gap', () => {
  test.each([
    ['at the beginning of the reopened stream', 5],
    ['within it', 4],
  ])('%s is an error that names it', async (_, from) => {
    const { serve, settled } = await started()
    await serve(0, responseBody(events, 0, 4))
    await pass(1000)
    const rest = from === 5 ? responseBody(events, 5) : responseBody(events.toSpliced(5, 1), 4)
    await serve(1, rest, 'stay')
    const error = errorOf(await settled)
    expect(error.kind).toBe('protocol')
    expect(error.message).toMatch(/^Events are missing.* jumps from event \d to event \d\.$/)
  })

  test('is not an error if numbers were skipped before, as by a proxy that omits events', async () => {
    const some = events.toSpliced(1, 1).toSpliced(5, 1)
    const { serve, settled } = await started()
    await serve(0, responseBody(some, 0, 3))
    await pass(1000)
    await serve(1, responseBody(some), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text })
  })

  test('is not checked in a stream that did not break', async () => {
    const { serve, settled } = await started()
    await serve(0, responseBody(events.toSpliced(1, 1)), 'stay')
    expect((await settled).status).toBe('complete')
  })
})

test('numbers that do not increase lose no text, and are not used to resume', async () => {
  const same = events.map((event) => ({ ...event, sequence_number: 0 }))
  const whole = await started()
  await whole.serve(0, responseBody(same), 'stay')
  expect(await whole.settled).toMatchObject({ status: 'complete', text })
  const broken = await started()
  await broken.serve(0, responseBody(same, 0, 4))
  expect(errorOf(await broken.settled).kind).toBe('network')
})

describe('a stream with ids', () => {
  const chunks = [textChunk('Hel'), textChunk('lo, '), textChunk('world'), finishChunk(), '[DONE]']

  test.each([1, 2, 3])('is reopened by Last-Event-ID, cut after %d', async (cut) => {
    const { serve, request, settled, seen } = await started()
    await serve(0, withIds(chunks, 0, cut))
    await pass(1000)
    expect(new Headers(request(1).init.headers).get('last-event-id')).toBe(`e${cut - 1}`)
    expect(request(1).url).toContain(`id=e${cut - 1}`)
    await serve(1, withIds(chunks, cut), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text })
    expect(seen.map(({ id }) => id)).toEqual(['e0', 'e1', 'e2', 'e3', 'e4'])
  })

  test('drops the last event if the server sends it again', async () => {
    const { serve, settled, seen } = await started()
    await serve(0, withIds(chunks, 0, 2))
    await pass(1000)
    await serve(1, withIds(chunks, 1), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text })
    expect(seen.map(({ id }) => id)).toEqual(['e0', 'e1', 'e2', 'e3', 'e4'])
  })

  test('sends a non-ASCII id as its UTF-8 bytes', async () => {
    const { serve, request } = await started()
    await serve(0, `id: ünï-日\ndata: ${JSON.stringify(textChunk('Hel'))}\n\n`)
    await pass(1000)
    const sent = new Headers(request(1).init.headers).get('last-event-id')!
    const bytes = Uint8Array.from(sent, (character) => character.charCodeAt(0))
    expect(new TextDecoder().decode(bytes)).toBe('ünï-日')
  })

  test('is not resumed after text without an id, which would be repeated', async () => {
    const { serve, settled } = await started()
    await serve(0, withIds(chunks, 0, 1) + bodyOf(textChunk('lo, ')))
    expect(errorOf(await settled).kind).toBe('network')
  })

  test('is resumed if an id arrived after text without one', async () => {
    const { serve, settled } = await started()
    await serve(0, withIds(chunks, 0, 1) + bodyOf(textChunk('lo, ')) + withIds(chunks, 2, 3))
    await pass(1000)
    await serve(1, withIds(chunks, 3), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text })
  })

  test('is resumed if only a heartbeat without an id arrived last', async () => {
    const { serve, settled } = await started()
    await serve(0, `${withIds(chunks, 0, 2)}data: {"type":"heartbeat"}\n\n: ping\n\n`)
    await pass(1000)
    await serve(1, withIds(chunks, 2), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text })
  })
})

test('of events that share an id in a reopened stream, only the first can be a repetition', async () => {
  const withId = (id: string, chunk: unknown) => `id: ${id}\ndata: ${JSON.stringify(chunk)}\n\n`
  const { serve, settled } = await started()
  await serve(0, withId('e0', textChunk('a')) + withId('e1', textChunk('b')))
  await pass(1000)
  const shared = ['c', 'd', 'e'].map((letter) => withId('e2', textChunk(letter))).join('')
  await serve(1, withId('e1', textChunk('b')) + shared + withId('e3', finishChunk()), 'end')
  expect(await settled).toMatchObject({ status: 'complete', text: 'abcde' })
})

test('the timing covers the whole run: the break is its longest gap', async () => {
  const { serve, settled } = await started()
  await serve(0, responseBody(events, 0, 4))
  await pass(1000)
  await serve(1, responseBody(events, 4), 'stay')
  expect((await settled).timing).toMatchObject({
    startedAt: 0,
    responseAt: 0,
    firstTokenAt: 0,
    lastByteAt: 1000,
    longestGap: 1000,
    settledAt: 1000,
    textEvents: 4,
  })
})

test('coming online ends the wait early', async () => {
  const { serve, requests } = await started()
  await serve(0, responseBody(events, 0, 4))
  dispatchEvent(new Event('online'))
  await turns()
  expect(requests).toHaveLength(2)
})

test('a suspended mobile page continues at the same position with a GET', async () => {
  const { serve, requests, settled } = await started()
  setPageVisibility('hidden')
  await serve(0, responseBody(events, 0, 4))
  setPageVisibility('visible')
  await pass(1000)
  await serve(1, responseBody(events, 4), 'stay')
  expect(await settled).toMatchObject({ status: 'complete', text })
  expect(requests.map(({ init }) => init.method)).toEqual(['POST', 'GET'])
})

test.each(['resume', 'moderate'] as const)(
  'a plain object as %s is a mistake that start reports immediately',
  (option) => {
    const { client } = observe({ [option]: { url: '/api' } as never })
    const maker = option === 'resume' ? 'resumable' : 'moderationGate'
    expect(() => client.start('a')).toThrow(TypeError)
    expect(() => client.start('a')).toThrow(`Import ${maker}`)
  },
)
