// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { everyByte, randomCutting, seededRandom } from '../../scripts/check-wire/cuttings.mjs'
import { agUi, aiSdkUi, anthropicMessages, gemini } from '../../src/core.ts'
import { bytesOf, readChunks, type Bytes } from '../support/read-body.ts'
import { producers, type ProducerRecording, type RecordedOutcome } from './support/recordings.ts'

const formats = { auto: 'auto', aiSdkUi, agUi, anthropicMessages, gemini } as const

/** The fields of a state that a recording specifies, in the recording's form. */
async function read(
  chunks: readonly Bytes[],
  { contentType, brokeWith, expect: expected }: ProducerRecording,
  format: keyof typeof formats,
) {
  const state = await readChunks(chunks, {
    format: formats[format],
    contentType,
    ...(brokeWith !== undefined && { breaksWith: new TypeError('network error') }),
  })
  const { status, text, reasoning, finishReason, toolCalls, approvals, usage, error } = state
  const seen: RecordedOutcome = { status, text, reasoning, toolCalls: [...toolCalls] }
  if (approvals.length > 0) seen.approvalCount = approvals.length
  if (usage) seen.usage = usage
  if (finishReason) seen.finishReason = finishReason
  if (error) Object.assign(seen, { kind: error.kind, error: { message: error.message } })
  // A recording contains a part of the message.
  const message = expected.error?.message
  if (message !== undefined && error?.message.includes(message)) seen.error = { message }
  return seen
}

describe.each(producers)('$name: $about', ({ format, recordings }) => {
  test.each(recordings)('$scenario: $about', async (recording) => {
    const bytes = bytesOf(recording.body.join('\n'))
    const whole = await read([bytes], recording, format)
    expect(whole).toMatchObject(recording.expect)
    expect(await read(everyByte(bytes), recording, format)).toEqual(whole)
    const random = seededRandom(7)
    for (let cutting = 0; cutting < 5; cutting++) {
      expect(await read(randomCutting(bytes, random), recording, format)).toEqual(whole)
    }
  })
})
