// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomCutting, seededRandom } from '../../scripts/check-wire/cuttings.mjs'
import { bytesOf, readChunks } from '../support/read-body.ts'
import { data, done, named } from '../support/wire-text.ts'
import {
  comparableItem,
  ofChatChoice,
  ofChoice,
  ofResponse,
  ofState,
  statusOf,
} from './support/comparable.ts'
import { chatStream } from './support/generate-chat.ts'
import { responsesStream } from './support/generate-responses.ts'
import { runs } from './support/runs.ts'
import { accumulateChat, accumulateResponse } from './support/sdk.ts'

const timeout = 120_000

test(
  'a Responses stream leads to the same result as in the openai package',
  { timeout },
  async () => {
    const stream = fc.tuple(responsesStream, fc.nat())
    await fc.assert(
      fc.asyncProperty(stream, async ([{ events, terminal, usage }, seed]) => {
        const body = events.map((event) => named(event['type'] as string, event)).join('')
        const chunks = randomCutting(bytesOf(body), seededRandom(seed))
        const state = await readChunks(chunks)
        const { result, thrown } = await accumulateResponse(chunks)

        expect(thrown).toBeUndefined()
        expect(ofState(state)).toEqual(ofResponse(result!))
        expect(state.output.map(comparableItem)).toEqual(result!.output.map(comparableItem))
        expect(state.usage?.raw).toEqual(usage)
        // The package resolves with a response 'in_progress' if the stream was cut.
        expect(result!.status).toBe(terminal === 'cut' ? 'in_progress' : terminal)
        expect(statusOf(state)).toBe(terminal === 'cut' ? 'truncated' : terminal)
      }),
      runs(200),
    )
  },
)

test('a chat leads to the same result as in the openai package', { timeout }, async () => {
  const stream = fc.tuple(chatStream, fc.nat(), fc.boolean())
  await fc.assert(
    fc.asyncProperty(stream, async ([{ chunks: values, usage }, seed, marked]) => {
      const body = values.map(data).join('') + (marked ? done : '')
      const chunks = randomCutting(bytesOf(body), seededRandom(seed))
      const state = await readChunks(chunks)
      const { result, thrown } = await accumulateChat(chunks)

      expect(thrown).toBeUndefined()
      expect(state.status).toBe('complete')
      expect((state.choices ?? [state]).map(ofChoice)).toEqual(result!.choices.map(ofChatChoice))
      expect(state.usage?.raw).toEqual(usage)
      expect(state.responseId).toBe(result!.id)
    }),
    runs(200),
  )
})

test('a cut chat is an error in both, and here its text is kept', { timeout }, async () => {
  const stream = fc.tuple(chatStream, fc.nat())
  await fc.assert(
    fc.asyncProperty(stream, async ([{ chunks: values }, at]) => {
      const finishes = (value: object) => JSON.stringify(value).includes('"finish_reason":"')
      const last = values.findLastIndex(finishes)
      const kept = values.slice(0, at % (last + 1))
      const body = bytesOf(kept.map(data).join(''))
      const state = await readChunks([body])
      const { thrown } = await accumulateChat([body])

      // In both, a chat is complete if all choices that have begun have finished.
      expect(state.status).toBe(thrown ? 'error' : 'complete')
      if (thrown) expect(state.error?.kind).toBe('truncated')
      const said = kept.flatMap(
        (value) => value['choices'] as { index: number; delta: Record<string, string> }[],
      )
      expect(state.text).toBe(
        said
          .filter(({ index }) => index === 0)
          .map(({ delta }) => delta['content'] ?? '')
          .join(''),
      )
    }),
    runs(100),
  )
})
