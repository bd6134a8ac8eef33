import { CompletionError } from '../errors.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import { reportedError } from './api-error.ts'
import { detectFormatName } from './detect-format.ts'
import { unreadDialectError } from './foreign-format.ts'
import type { CompletionFormat, FormatReader } from './format.ts'
import { isDoneMarker, jsonOf } from './json-event.ts'
import { isRecord } from './json.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiCompletions } from './openai-completions.ts'
import { openaiResponses } from './openai-responses.ts'
import { plainText } from './plain-text.ts'

const detectable = {
  'openai-responses': openaiResponses,
  'openai-chat': openaiChat,
  'openai-completions': openaiCompletions,
}

/**
 * The first event that plainly belongs to an OpenAI format decides; text that is framed as nothing
 * else is the answer itself.
 */
export const auto: CompletionFormat = {
  name: 'auto',
  properEnd: "the end marker of a format that 'auto' recognises",
  createReader: (framing) =>
    framing === 'text' ? createTextReader() : createDetectingReader(framing),
}

/** Text ends with its body, but a body without any is what a proxy that failed leaves behind. */
function createTextReader(): FormatReader {
  const reader = plainText.createReader('text')
  let answered = false
  return {
    read(event, emit) {
      answered = true
      reader.read(event, emit)
    },
    end(emit) {
      if (answered) reader.end(emit)
      else emit({ type: 'end', proper: false })
    },
  }
}

function createDetectingReader(framing: 'server-sent-events' | 'json'): FormatReader {
  let reader: FormatReader | undefined
  let unrecognised: WireEvent | undefined

  return {
    read(event, emit) {
      if (reader) {
        reader.read(event, emit)
        return
      }
      const format = detect(event)
      if (format) {
        reader = format.createReader(framing)
        reader.read(event, emit)
        return
      }
      const error = reportedError(event) ?? unreadDialect(event)
      if (error) emit({ type: 'failure', error })
      else if (event.json !== undefined) unrecognised ??= event
      else jsonOf(event, emit)
    },
    end(emit) {
      if (reader) reader.end(emit)
      else if (unrecognised) emit({ type: 'failure', error: unrecognisedError(unrecognised) })
      else emit({ type: 'end', proper: false })
    },
  }
}

function detect(event: WireEvent): CompletionFormat | undefined {
  // A marker alone says nothing of the format but that it is one of the Completions APIs.
  if (isDoneMarker(event)) return openaiChat
  const json = jsonOf(event, () => undefined)
  const name = json && detectFormatName(json)
  return name && detectable[name]
}

function unreadDialect({ json }: WireEvent): CompletionError | undefined {
  return isRecord(json) ? unreadDialectError(json) : undefined
}

function unrecognisedError({ event, data }: WireEvent): CompletionError {
  const named = event === undefined ? '' : `, named '${event}',`
  return new CompletionError({
    kind: 'protocol',
    message: `No event of the stream is in a format that 'auto' recognises (the Responses API, Chat Completions, legacy Completions, plain text). The first one${named} is ${data.slice(0, 120)}`,
  })
}
