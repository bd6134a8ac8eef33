import type { WireEvent } from '../wire/wire-event.ts'
import { reportedError } from './reported-error.ts'
import type { CompletionFormat, FormatReader } from './vocabulary/format.ts'
import { isDoneEvent, jsonOf } from './json-event.ts'
import { recordOf, type JsonRecord } from '../json/json-record.ts'
import { openaiChat } from './chat/openai-chat.ts'
import { openaiCompletions } from './chat/openai-completions.ts'
import { openaiResponses } from './responses/openai-responses.ts'
import { plainText } from './plain-text.ts'
import { foreignFormatError, recogniseFormat } from './recognise-format.ts'
import { textPathOf, withTextPath } from './text-path.ts'

/** The formats that are detected from an event. */
const detectable = [openaiResponses, openaiChat, openaiCompletions]

/**
 * Reads the stream in the OpenAI format of the first event that clearly belongs to one. A body without any
 * framing is the answer as plain text.
 */
export const auto: CompletionFormat = {
  name: 'auto',
  properEnd: 'that of any OpenAI format',
  createReader(framing) {
    let reader: FormatReader | undefined

    const detecting: FormatReader = {
      read(event, emit) {
        reader ??= detect(event, framing === 'text')?.createReader(framing)
        if (reader) {
          reader.read(event, emit)
          return
        }
        const json = jsonOf(event, emit)
        const error = reportedError(event) ?? foreignFormatError('auto', json)
        if (error) emit({ type: 'failed', error })
      },
      end(emit) {
        if (reader) reader.end(emit)
        // Plain text ends with its body, but an empty body comes from a proxy that failed.
        else emit({ type: 'truncated' })
      },
    }
    return withTextPath(detecting, (...of) => reader && textPathOf(reader, ...of))
  },
}

function detect(event: WireEvent, isText: boolean): CompletionFormat | undefined {
  if (isText) return plainText
  // Only the Completions APIs have the marker.
  if (isDoneEvent(event)) return openaiChat
  // Some servers send the type of an event only as its name.
  const json: JsonRecord = { type: event.event, ...recordOf(event.json) }
  // Azure starts the streams of both Completions APIs with a chunk without choices.
  const name = recogniseFormat(json) ?? (Array.isArray(json['choices']) && 'openai-chat')
  return detectable.find((format) => format.name === name)
}
