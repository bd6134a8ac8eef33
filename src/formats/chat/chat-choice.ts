import type { Channel } from '../vocabulary/channel.ts'
import { createToolCallReader } from './chat-tool-calls.ts'
import type { Emit } from '../vocabulary/completion-event.ts'
import {
  arrayOf,
  isRecord,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../../json/json-record.ts'

/**
 * Reads one choice of a Completions stream: gives each stretch of it a place among the output's items,
 * in the order in which the items began. A legacy choice is one whose `text` is all that there is.
 */
export function createChoiceReader(choice: number) {
  const items: { message?: number; reasoning?: number } = {}
  let nextItem = 0
  let transcript = ''
  let hasLogprobs = false
  const readToolCalls = createToolCallReader(choice, () => nextItem++)

  function write(channel: Channel, text: string, whole: boolean, emit: Emit) {
    if (!text) return
    const kind = channel === 'reasoning_text' ? 'reasoning' : 'message'
    const item = (items[kind] ??= nextItem++)
    // The text and the refusal of a chat message are two parts of one message item.
    const part = channel === 'refusal' ? 1 : 0
    emit(
      whole
        ? { type: 'done', choice, item, channel, part, value: text }
        : { type: 'delta', choice, item, channel, part, delta: text },
    )
  }

  /** The sound itself is for `onEvent`; what it says is for the state. */
  function readTranscript(text: string, whole: boolean, emit: Emit) {
    // Of a whole one only what the deltas have not said: a transcript cannot be taken back.
    if (whole) text = text.startsWith(transcript) ? text.slice(transcript.length) : ''
    if (!text) return
    transcript += text
    emit({ type: 'transcript', choice, delta: text })
  }

  function readMessage(message: JsonRecord, whole: boolean, emit: Emit) {
    write('reasoning_text', reasoningOf(message), whole, emit)
    write('output_text', textOfContent(message['content'], false), whole, emit)
    write('refusal', textOf(message['refusal']), whole, emit)
    readTranscript(textOf(recordOf(message['audio'])['transcript']), whole, emit)
    readToolCalls(message, whole, emit)
  }

  return (value: JsonRecord, emit: Emit): void => {
    const { message, finish_reason: finishReason, text: content, delta = { content } } = value
    const grows = isRecord(delta)
    if (grows) readMessage(delta, false, emit)
    // A whole completion, or the repetition of the whole message with which some servers end. Those
    // that repeat it beside every delta are believed at the last one.
    if (isRecord(message) && (!isRecord(value['delta']) || finishReason)) {
      readMessage(message, true, emit)
    }
    if (!isRecord(value['logprobs'])) return
    const { content: ofText, refusal } = value['logprobs']
    const logprobs = [...arrayOf(ofText), ...arrayOf(refusal)]
    // A whole message repeats those of its deltas.
    if (logprobs.length === 0 || (hasLogprobs && !isRecord(value['delta']))) return
    hasLogprobs = true
    emit({ type: 'choice', choice, logprobs })
  }
}

/**
 * Reasoning under the names that compatible servers give it. A server that sends it under several
 * means the same text, so the first that is there counts.
 */
function reasoningOf(source: JsonRecord): string {
  return (
    textOf(source['reasoning_content']) ||
    textOf(source['reasoning']) ||
    recordsOf(source['reasoning_details'])
      .map(({ text, summary }) => textOf(text ?? summary))
      .join('') ||
    textOfContent(source['content'], true)
  )
}

/**
 * The text of a message's `content`, or its reasoning: a string, or an array of parts, as Mistral sends
 * text, `thinking` parts and references to its sources.
 */
function textOfContent(content: unknown, thinking: boolean): string {
  if (typeof content === 'string') return thinking ? '' : content
  return recordsOf(content)
    .filter((part) => (part['type'] === 'thinking') === thinking)
    .map((part) => textOf(part['text']) || textOfContent(part['thinking'], false))
    .join('')
}
