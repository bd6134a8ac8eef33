// @vitest-environment node
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { randomCutting, seededRandom } from '../../scripts/check-wire/cuttings.mjs'
import { readRecordings } from '../../scripts/check-wire/recordings.mjs'
import { CompletionFold } from '../../src/completion/fold.ts'
import { readCompletion } from '../../src/core.ts'
import { bytesOf, responseOf, type BodyOptions, type Bytes } from '../support/read-body.ts'
import { data, done, named } from '../support/wire-text.ts'
import { chatStream } from './support/generate-chat.ts'
import { responsesStream } from './support/generate-responses.ts'
import { runs } from './support/runs.ts'

const timeout = 600_000

const folders = ['../../../shared/wire', '../fixtures/wire'].map((path) =>
  join(import.meta.dirname, path),
)
const recordings = (await Promise.all(folders.filter(existsSync).map(readRecordings))).flat()

/** How many events were read by their frame, in all. */
let byFrame = 0
const apply = vi.spyOn(CompletionFold.prototype, 'apply')

async function settle(chunks: readonly Bytes[], options: BodyOptions) {
  const state = await readCompletion(responseOf(chunks, options), options).result
  for (const [, events = 0] of apply.mock.calls) byFrame += events
  apply.mockClear()
  return { ...state, timing: state.timing.textEvents }
}

/** An app that is told of every event has each of them parsed. */
async function expectSame(chunks: readonly Bytes[], options: BodyOptions = {}) {
  const expected = await settle(chunks, { ...options, onEvent: () => undefined })
  expect(await settle(chunks, options)).toEqual(expected)
}

test.each(recordings)('$file leads to the same state', async ({ body, contentType }) => {
  const random = seededRandom(body.length)
  await expectSame([body], { contentType })
  for (let round = 0; round < 20; round++) {
    await expectSame(randomCutting(body, random), { contentType })
  }
})

/** What a value of an event may be in one that follows it, as it stands in JSON. */
const others = [
  ...[
    '"a"',
    '"é😀 and more of it"',
    '"\\n\\"\\u00e9"',
    '""',
    '"</thought>"',
    '"[DONE]"',
    '"<think>"',
  ],
  ...[
    '0',
    '1',
    '17',
    '-1',
    '1.5',
    'null',
    'true',
    '[]',
    '{}',
    '"tool_calls"',
    '"\\ud83d"',
    '"\\x"',
    '01',
  ],
]

/** Repeats some events of a body, each time with other values in a few places. */
function stretch(body: string, random: () => number): string {
  // Values of another kind end most streams with an error: in half of them they are rare.
  const wildness = random() < 0.5 ? 0.01 : 0.2
  const pick = <T>(all: readonly T[]) => all[Math.floor(random() * all.length)] as T
  const vary = (event: string) => {
    const values = [...event.matchAll(/(?<=:)("(?:[^"\\]|\\.)*"|\d+)(?=[,}\]])/g)]
    if (values.length === 0) return event
    const texts = values.filter(({ index }) =>
      /"(delta|content|text|reasoning)":$/.test(event.slice(0, index)),
    )
    // Most events of a stream differ in their text alone.
    const { index, 0: value } = pick(texts.length > 0 && random() < 0.8 ? texts : values)
    const alike = others.filter((other) => (other[0] === '"') === (value[0] === '"')).slice(0, 3)
    const next = pick(random() < wildness ? others : alike)
    return event.slice(0, index) + next + event.slice(index + value.length)
  }
  return body
    .split(/(?<=\n\n)/)
    .flatMap((event) => {
      const copies = random() < 0.5 ? Math.floor(random() * 8) : 0
      return [event, ...Array.from({ length: copies }, () => vary(event))]
    })
    .join('')
}

const generated = fc.oneof(
  responsesStream.map(({ events }) =>
    events.map((event) => named(event['type'] as string, event)).join(''),
  ),
  chatStream.map(({ chunks }) => chunks.map(data).join('') + done),
  fc.constantFrom(...recordings).map(({ body }) => new TextDecoder().decode(body)),
)
const options = fc.record<BodyOptions>({
  limits: fc.option(fc.record({ textLength: fc.nat(200), eventLength: fc.nat(2000) }), {
    nil: undefined,
    freq: 5,
  }),
  format: fc.constantFrom('auto', 'auto', 'openai-chat', 'openai-responses'),
})

test(
  'any stream leads to the same state, however its events vary and wherever it is cut',
  { timeout },
  async () => {
    const before = byFrame
    await fc.assert(
      fc.asyncProperty(generated, options, fc.nat(), async (body, given, seed) => {
        const random = seededRandom(seed)
        const stretched = bytesOf(stretch(body, random))
        await expectSame([stretched], given)
        await expectSame(randomCutting(stretched, random), given)
      }),
      runs(500),
    )
    // It would hold for a reader without frames too.
    expect(byFrame - before).toBeGreaterThan(1000)
  },
)
