import { reportedError } from '../reported-error.ts'
import { createChoiceReader } from './chat-choice.ts'
import { citationsOf } from './chat-content.ts'
import type { Emit } from '../vocabulary/completion-event.ts'
import type { FormatReader } from '../vocabulary/format.ts'
import { isDoneEvent, jsonOf } from '../json-event.ts'
import { isRecord, recordOf, recordsOf, textOf, type JsonRecord } from '../../json/json-record.ts'
import { isNoReason } from '../vocabulary/finish-reason.ts'
import { metadataOf } from '../vocabulary/metadata.ts'
import { foreignFormatError } from '../recognise-format.ts'
import { withTextPath } from '../text-path.ts'
import { textPathIn } from './chat-content.ts'

/** The proper end of a stream of both Completions APIs. */
export const properEnd = 'a finish reason or [DONE]'

/**
 * Reads the chunks of both Completions APIs. The proper end is a finish reason on every choice, or `[DONE]`.
 * Reading continues after a finish reason, because usage and errors may follow.
 */
export function createChoicesReader(format: 'openai-chat' | 'openai-completions'): FormatReader {
  const choices = new Map<
    number,
    { read: ReturnType<typeof createChoiceReader>; finished?: boolean }
  >()
  let before: JsonRecord | undefined

  function readChoice(value: JsonRecord, chunk: JsonRecord, emit: Emit) {
    const { finishReason, finish_reason: reason = finishReason } = value
    const choice = indexOf(value)
    const known = choices.get(choice)
    const reading = known ?? { read: createChoiceReader(choice) }
    if (!known) choices.set(choice, reading)
    reading.read(value, chunk, emit)
    const raw = textOf(reason)
    const finishes = !isNoReason(raw)
    if (finishes) reading.finished = true
    if (finishes || !known) emit({ type: 'choice', choice, raw: finishes ? raw : undefined })
  }

  const reader: FormatReader = {
    read(event, emit) {
      if (isDoneEvent(event)) emit({ type: 'complete' })
      const chunk = jsonOf(event, emit)
      const foreign = foreignFormatError(format, chunk, before !== undefined)
      if (foreign) emit({ type: 'failed', error: foreign })
      const error = reportedError(event)
      if (chunk && (Array.isArray(chunk['choices']) || before)) {
        const values = recordsOf(chunk['choices'])
        const [choice = {}] = values
        const usage =
          chunk['usage'] ??
          chunk['usageMetadata'] ??
          recordOf(chunk['x_groq'])['usage'] ??
          choice['usage'] ??
          recordOf(choice['delta'])['usage']
        if (usage || !before || saysMore(chunk, before)) {
          // Counts beside an error do not belong to an answer.
          emit(metadataOf({ ...chunk, usage, ...(error && { usage: null, moderation: null }) }))
          before = chunk
        }
        for (const value of values) readChoice(value, chunk, emit)
        // Some servers send their sources at the end, in the chunk with the usage.
        if (!values[0] && citationsOf(chunk)[0]) readChoice({}, chunk, emit)
      }
      // After the content, because the chunk with the error may also have the last of the text.
      if (error) emit({ type: 'failed', error })
    },
    end(emit) {
      const states = [...choices.values()]
      const proper = states.length > 0 && states.every(({ finished }) => finished)
      emit({ type: proper ? 'complete' : 'truncated' })
    },
  }
  return withTextPath(reader, ({ json }, { channel, delta }) => {
    const [choice, other] = recordsOf(recordOf(json)['choices'])
    const path = choice && !other ? textPathIn(choice, channel, delta) : undefined
    return path && ['choices', 0, ...path]
  })
}

/** Whether a chunk has new metadata. Nearly all chunks repeat the same. */
function saysMore(chunk: JsonRecord, before: JsonRecord) {
  return (
    ['id', 'model', 'service_tier'].some((name) => chunk[name] !== before[name]) ||
    chunk['moderation']
  )
}

/**
 * The index of a choice. An invalid one counts as 0, the choice that the app sees. So does an index next to a
 * single call object, because Portkey uses the index of Cohere's calls as the index of choices.
 */
function indexOf({ index, delta }: JsonRecord): number {
  const isValid = Number.isSafeInteger(index) && (index as number) >= 0
  return isValid && !isRecord(recordOf(delta)['tool_calls']) ? (index as number) : 0
}
