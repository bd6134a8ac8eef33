// @vitest-environment node
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomCutting, seededRandom } from '../../scripts/check-wire/cuttings.mjs'
import { readRecordings } from '../../scripts/check-wire/recordings.mjs'
import { bytesOf, type BodyOptions } from '../support/read-body.ts'
import { data, done, named } from '../support/wire-text.ts'
import { chatStream } from './support/generate-chat.ts'
import { responsesStream } from './support/generate-responses.ts'
import { runs } from './support/runs.ts'
import { expectSame, readByFrame } from './support/same-without-frames.ts'
import { stretch } from './support/stretch.ts'

const timeout = 600_000

const folders = ['../../../shared/wire', '../fixtures/wire'].map((path) =>
  join(import.meta.dirname, path),
)
const recordings = (await Promise.all(folders.filter(existsSync).map(readRecordings))).flat()

test.each(recordings)('$file leads to the same state', async ({ body, contentType }) => {
  const random = seededRandom(body.length)
  await expectSame([body], { contentType })
  for (let round = 0; round < 20; round++) {
    await expectSame(randomCutting(body, random), { contentType })
  }
})

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
  'any stream leads to the same state, however its events vary and it is cut',
  { timeout },
  async () => {
    const before = readByFrame()
    await fc.assert(
      fc.asyncProperty(generated, options, fc.nat(), async (body, given, seed) => {
        const random = seededRandom(seed)
        const stretched = bytesOf(stretch(body, random))
        await expectSame([stretched], given)
        await expectSame(randomCutting(stretched, random), given)
      }),
      runs(500),
    )
    // Without this, the test would also pass for a reader that never uses frames.
    expect(readByFrame() - before).toBeGreaterThan(1000)
  },
)
