// @vitest-environment node
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ChatCompletion } from 'openai/resources/chat/completions'
import type { Response as ResponseObject } from 'openai/resources/responses/responses'
import { describe, expect, test } from 'vitest'
import { randomCutting, seededRandom } from '../../scripts/check-wire/cuttings.mjs'
import { readRecordings } from '../../scripts/check-wire/recordings.mjs'
import { readChunks } from '../support/read-body.ts'
import { ofChatChoice, ofChoice, ofResponse, ofState, statusOf } from './support/comparable.ts'
import { accumulateChat, accumulateLines, accumulateResponse } from './support/sdk.ts'

const settles = 'an error in the stream is a settled state with what had arrived, not an exception'
const opens = 'a delta opens its part where no event has: some servers send no content_part events'
const parts = 'content that is an array is read part by part, not written as [object Object]'

/** Recordings for which the package's accumulator is no reference: the error that it throws, if any, and the reason. */
const differing: Record<string, { throws?: RegExp; because: string }> = {
  'responses-error-quota': { throws: /quota/, because: settles },
  'responses-failed': { because: 'a failed response without output takes back nothing' },
  'responses-comments-crlf': {
    throws: /Unhandled response stream event/,
    because: 'an event of a type that nobody knows yet changes nothing',
  },
  'responses-error-event': { throws: /missing content/, because: opens },
  'responses-interleaved-messages': { throws: /missing content/, because: opens },
  'responses-multibyte-text': { throws: /missing content/, because: opens },
  'chat-groq-error-midstream': { throws: /Tool call validation failed/, because: settles },
  'chat-openrouter-error-after-finish': { throws: /Token limit reached/, because: settles },
  'chat-error-mid-stream': { throws: /ran out of memory/, because: settles },
  'chat-mistral-content-parts': { because: parts },
  'chat-mistral-reasoning-content-parts': { because: parts },
}

const folders = ['../../../shared/wire', '../fixtures/wire'].map((path) =>
  join(import.meta.dirname, path),
)
const recordings = (await Promise.all(folders.filter(existsSync).map(readRecordings)))
  .flat()
  .map((recording) => ({
    ...recording,
    format: recording.expected.inner ?? recording.expected.format,
  }))
  .filter(({ format, file }) => /^openai-(responses|chat)$/.test(format) && !file.endsWith('.json'))

const random = seededRandom(3)

describe.each(recordings)('$file', ({ file, format, body, contentType, expected }) => {
  const known = differing[file.replace(/\.\w+$/, '')]
  const chunks = randomCutting(body, random)
  const accumulate = (): Promise<{ result?: unknown; thrown?: Error }> => {
    if (file.endsWith('.ndjson')) return accumulateLines(format as 'openai-chat', chunks)
    return format === 'openai-chat' ? accumulateChat(chunks) : accumulateResponse(chunks)
  }

  test(
    known ? `differs: ${known.because}` : 'equals what the openai package makes of it',
    async () => {
      const state = await readChunks(chunks, { contentType })
      const { result, thrown } = await accumulate()
      expect(state.status).toBe(expected.error ? 'error' : 'complete')
      expect(state.text).toBe(expected.text)
      if (known?.throws) {
        expect(thrown?.message).toMatch(known.throws)
        return
      }
      expect(thrown).toBeUndefined()
      const ours = format === 'openai-chat' ? ofChoice(state) : ofState(state)
      const theirs =
        format === 'openai-chat'
          ? ofChatChoice((result as ChatCompletion).choices[0]!)
          : ofResponse(result as ResponseObject)
      if (known) {
        expect(theirs).not.toEqual(ours)
        expect(state.text).toBe(expected.text)
        return
      }
      expect(ours).toEqual(theirs)
      const { usage, status } = result as { usage?: unknown; status?: string }
      expect(state.usage?.raw).toEqual(usage ?? undefined)
      if (format === 'openai-responses') expect(statusOf(state)).toBe(status)
    },
  )
})
