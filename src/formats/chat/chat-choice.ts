import type { Channel } from '../vocabulary/channel.ts'
import { stringEvent, type Emit } from '../vocabulary/completion-event.ts'
import { imageItem } from '../vocabulary/image.ts'
import { citationsOf, imagesOf, reasoningOf, textOfContent } from './chat-content.ts'
import { createToolCallReader } from './chat-tool-calls.ts'
import {
  arrayOf,
  isRecord,
  recordOf,
  recordsOf,
  textOf,
  type JsonRecord,
} from '../../json/json-record.ts'

/**
 * Reads one choice of a Completions stream. Its items have places in the order in which they began. A choice
 * of the legacy API has only a `text`.
 */
export function createChoiceReader(choice: number) {
  const items: { message?: number; reasoning?: number } = {}
  let nextItem = 0
  let transcript = ''
  let hasLogprobs = false
  let isThinking = false
  const images = new Set<string>()
  /** The citations so far, by source. */
  const cited = new Map<string, { index: number; title: unknown }>()
  const readToolCalls = createToolCallReader(choice, () => nextItem++)

  const itemOf = (kind: keyof typeof items) => (items[kind] ??= nextItem++)

  function write(channel: Channel, text: string, whole: boolean, emit: Emit) {
    if (!text) return
    const item = itemOf(channel === 'reasoning_text' ? 'reasoning' : 'message')
    // The text and the refusal of a chat message are two parts of one message item.
    const part = channel === 'refusal' ? 1 : 0
    emit(stringEvent(channel, { choice, item, part }, text, whole))
  }

  /** The state has the transcript only; the audio data is available in `onEvent`. */
  function readTranscript(text: string, whole: boolean, emit: Emit) {
    // A complete transcript adds only what the deltas have not contained: a transcript cannot be replaced.
    if (whole) text = text.startsWith(transcript) ? text.slice(transcript.length) : ''
    if (!text) return
    transcript += text
    emit({ type: 'transcript', choice, delta: text })
  }

  /** Removes the thoughts that Gemini's OpenAI-compatible API puts into the content. */
  function withoutThoughts(text: string, extra: unknown, whole: boolean, emit: Emit): string {
    const isMarked = extra && recordOf(recordOf(extra)['google'])['thought'] === true
    if (!isMarked && !isThinking) return text
    const [before = '', after] = text.split('</thought>')
    const answer = isMarked ? after : (after ?? before)
    if (isMarked) write('reasoning_text', before.replace('<thought>', ''), whole, emit)
    isThinking = answer === undefined
    return answer ?? ''
  }

  function readMessage(message: JsonRecord, whole: boolean, emit: Emit) {
    // Anthropic's blocks, as Portkey passes them on.
    const blocks = recordsOf(message['content_blocks']).map(({ delta }) => recordOf(delta))
    const thoughts = reasoningOf(message) || blocks.map(reasoningOf).join('')
    write('reasoning_text', thoughts, whole, emit)
    const text = textOfContent(message['content'])
    write(
      'output_text',
      text && withoutThoughts(text, message['extra_content'], whole, emit),
      whole,
      emit,
    )
    write('refusal', textOf(message['refusal']), whole, emit)
    readTranscript(textOf(recordOf(message['audio'])['transcript']), whole, emit)
    for (const part of [message, ...blocks]) {
      for (const url of imagesOf(part)) {
        if (images.has(url)) continue
        images.add(url)
        emit({ type: 'item-done', choice, item: nextItem++, value: imageItem(url) })
      }
      readCitations(part, emit)
    }
    readToolCalls(message, whole, emit)
  }

  /** Adds each citation once. A repetition may add the title. */
  function readCitations(source: JsonRecord, emit: Emit) {
    for (const annotation of citationsOf(source)) {
      const { url, file_id: file, filepath = file, title, start_index: start } = annotation
      const key = JSON.stringify([url ?? filepath ?? title, start])
      const known = cited.get(key)
      if (known && (known.title || !title)) continue
      const index = known?.index ?? cited.size
      cited.set(key, { index, title })
      emit({ type: 'annotation', choice, item: itemOf('message'), part: 0, index, annotation })
    }
  }

  return (value: JsonRecord, chunk: JsonRecord, emit: Emit): void => {
    const { message, finish_reason: finishReason, text, delta: given = text } = value
    const delta = typeof given === 'string' ? { content: given } : given
    const grows = isRecord(delta)
    if (grows) readMessage(delta, false, emit)
    // A whole completion, or a server that repeats the whole message at the end. If it is repeated beside
    // every delta, only the last one counts.
    if (isRecord(message) && (!isRecord(value['delta']) || finishReason)) {
      readMessage(message, true, emit)
    }
    // Some servers send the calls beside the delta.
    if (value['tool_calls']) readToolCalls(value, !grows, emit)
    readCitations(value, emit)
    readCitations(chunk, emit)
    if (!isRecord(value['logprobs'])) return
    const { content: ofText, refusal } = value['logprobs']
    const logprobs = [...arrayOf(ofText), ...arrayOf(refusal)]
    // A whole message repeats those of its deltas.
    if (logprobs.length === 0 || (hasLogprobs && !isRecord(value['delta']))) return
    hasLogprobs = true
    emit({ type: 'choice', choice, logprobs })
  }
}
