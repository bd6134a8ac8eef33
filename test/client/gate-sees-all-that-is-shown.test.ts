import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createCompletion,
  createStreamingObject,
  moderationGate,
  type CompletionOptions,
  type StreamingObjectOptions,
} from '../../src/core.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { observe } from './support/observe.ts'
import { part, places, responses } from './support/places-of-text.ts'
import { turns } from './support/turns.ts'

/** More runs in the soak test. */
const numRuns = process.env['FAULT_RUN'] === 'soak' ? 20_000 : 300

const phrase = 'forbidden words'

/** All strings in a value, including field names and the contents of errors. */
function stringsIn(value: unknown, found: string[] = [], seen = new Set<unknown>()): string[] {
  if (typeof value === 'string') found.push(value)
  else if (typeof value === 'object' && value !== null && !seen.has(value)) {
    seen.add(value)
    for (const name of Object.getOwnPropertyNames(value)) {
      if (name === 'stack') continue
      found.push(name)
      stringsIn((value as Record<string, unknown>)[name], found, seen)
    }
  }
  return found
}

interface Shown {
  /** Every string in a state, a callback or a message. */
  readonly strings: Set<string>
  readonly checked: string[]
}

/** Sends pieces through a gate that flags the phrase, and collects everything that the app receives. */
async function throughGate(pieces: readonly string[], every: 'sentence' | number): Promise<Shown> {
  const { fetch, requests } = createControlledFetch()
  const strings = new Set<string>()
  const checked: string[] = []
  const look = (...values: unknown[]) => {
    for (const value of values) for (const each of stringsIn(value)) strings.add(each)
  }
  const options: CompletionOptions<string> = {
    url: '/',
    fetch,
    publish: 'sync',
    onEvent: look,
    onError: look,
    onFinish: look,
    moderate: moderationGate({
      every,
      check: async (text) => {
        checked.push(text)
        await Promise.resolve()
        return text.includes(phrase)
      },
    }),
  }
  for (const completion of [
    createCompletion(options),
    createStreamingObject(options as StreamingObjectOptions<unknown, string>),
  ]) {
    completion.subscribe(() => look(completion.getState()))
    const settled = completion.start('a')
    await turns(1)
    const request = requests.at(-1)!
    request.respond()
    for (const piece of pieces) {
      request.send(piece)
      await turns(1)
    }
    request.end()
    const state = await settled
    look(state, state.error?.message)
    for (const call of state.toolCalls) look(call.input)
  }
  return { strings, checked }
}

const completedEvent = { type: 'response.completed', response: { id: 'resp_1', output: [] } }

/** A phrase cut anywhere into any number of non-empty pieces. */
const cuts = fc
  .uniqueArray(fc.integer({ min: 1, max: phrase.length - 1 }), { maxLength: 6 })
  .map((at) => {
    const ends = [0, ...at.sort((a, b) => a - b), phrase.length]
    return ends.slice(1).map((end, index) => phrase.slice(ends[index], end))
  })

const before = fc.constantFrom<(() => string[])[]>(
  () => [],
  () => responses(part('Something before. ', 0, 0)),
)

const ends = fc.constantFrom<string[][]>([], responses(completedEvent), [doneMarker])

describe('a phrase that no check has cleared appears in no state, callback or message', () => {
  test.each(Object.keys(places))('%s, whole', async (name) => {
    const { strings } = await throughGate([...places[name]!([phrase]), doneMarker], 'sentence')
    expect([...strings].filter((each) => each.includes(phrase))).toEqual([])
  })

  test(
    'at any position, however the stream is cut and however often it is checked',
    { timeout: 3_600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...Object.keys(places)),
          cuts,
          before,
          ends,
          fc.oneof(fc.constant('sentence' as const), fc.integer({ min: 1, max: 30 })),
          async (name, cut, first, end, every) => {
            const pieces = [...first(), ...places[name]!(cut), ...end]
            const { strings } = await throughGate(pieces, every)
            expect([...strings].filter((each) => each.includes(phrase))).toEqual([])
          },
        ),
        { numRuns },
      )
    },
  )
})

test('the same streams are complete if nothing is flagged: the gate loses nothing', async () => {
  for (const name of ['parts of one message', 'consecutive messages', 'refusal']) {
    const { fetch, requests } = createControlledFetch()
    const { start } = createCompletion<string>({
      url: '/',
      fetch,
      moderate: moderationGate({ check: () => false }),
    })
    const settled = start('a')
    await turns()
    requests[0]!.respond()
    for (const piece of [...places[name]!(['one ', 'two']), ...responses(completedEvent)]) {
      requests[0]!.send(piece)
    }
    const { status, text, refusal } = await settled
    expect([status, text + refusal]).toEqual(['complete', 'one two'])
  }
})

test('a check receives the text exactly as it is shown, with its parts concatenated', async () => {
  const { checked } = await throughGate(
    [...places['parts of one message']!(['forb', 'idden']), ...responses(completedEvent)],
    'sentence',
  )
  expect(checked.at(-1)).toBe('forbidden')
})

test('held text counts towards limits.textLength', async () => {
  const { client, requests } = observe<string>({
    limits: { textLength: 10 },
    moderate: moderationGate({ check: () => new Promise(() => undefined) }),
  })
  const settled = client.start('a')
  await turns()
  requests[0]!.respond()
  for (let piece = 0; piece < 4; piece++) requests[0]!.send(textChunk('One. '))
  expect((await settled).error?.kind).toBe('limit')
  expect((await settled).text).toBe('')
})

test('a held burst is delivered in slices', async () => {
  let answer!: () => void
  let delivered = 0
  const { client, requests } = observe<string>({
    publish: 'frame',
    onEvent: () => {
      delivered++
      const end = performance.now() + 1
      while (performance.now() < end);
    },
    moderate: moderationGate({
      every: 1,
      check: () => new Promise((resolve) => (answer = () => resolve(false))),
    }),
  })
  const settled = client.start('a')
  await turns()
  requests[0]!.respond()
  requests[0]!.send(textChunk('first'))
  await turns()
  requests[0]!.send(
    bodyOf(...Array.from({ length: 100 }, () => textChunk('x')), finishChunk(), doneMarker),
  )
  await turns()
  answer()
  await turns()
  expect(delivered).toBe(1)
  answer()
  await turns(1)
  expect(delivered).toBeLessThan(60)
  for (let turn = 0; turn < 100; turn++) await turns(1)
  answer()
  expect((await settled).status).toBe('complete')
})
