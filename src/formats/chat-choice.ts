import { readContent } from './chat-content.ts'
import { ChatToolCalls } from './chat-tool-calls.ts'
import type { Channel, Emit } from './completion-event.ts'
import { arrayOf, isRecord, stringOf, type JsonRecord } from './json.ts'

/**
 * Reads one choice of a Chat Completions stream: gives each stretch of it a place among the output's
 * items, in the order in which the items began.
 */
export class ChatChoice {
  #nextItem = 0
  #transcript = ''
  #hasLogprobs = false
  readonly #itemOfKind = new Map<'message' | 'reasoning', number>()
  readonly #calls = new ChatToolCalls(() => this.#nextItem++)

  read(choice: JsonRecord, index: number, emit: Emit) {
    const { delta, message, finish_reason: finishReason } = choice
    if (isRecord(delta)) this.#readDelta(delta, index, emit)
    // A whole completion, or the repetition of the whole message with which some servers end. Those
    // that repeat it beside every delta are believed at the last one.
    if (isRecord(message) && (!isRecord(delta) || finishReason)) {
      this.#readMessage(message, index, emit)
    }
    const { logprobs } = choice
    if (!isRecord(logprobs)) return
    // A whole message repeats those of its deltas.
    if (this.#hasLogprobs && !isRecord(delta)) return
    const values = [...arrayOf(logprobs['content']), ...arrayOf(logprobs['refusal'])]
    if (values.length === 0) return
    this.#hasLogprobs = true
    emit({ type: 'logprobs', choice: index, values })
  }

  #itemOf(kind: 'message' | 'reasoning'): number {
    let item = this.#itemOfKind.get(kind)
    if (item === undefined) {
      item = this.#nextItem++
      this.#itemOfKind.set(kind, item)
    }
    return item
  }

  #readDelta(delta: JsonRecord, choice: number, emit: Emit) {
    const append = (channel: Channel, text: string) => {
      if (text === '') return
      const item = this.#itemOf(channel === 'reasoning' ? 'reasoning' : 'message')
      emit({ type: 'delta', choice, item, channel, part: partOf(channel), delta: text })
    }
    append('reasoning', reasoningOf(delta))
    readContent(delta['content'], append)
    append('refusal', stringOf(delta['refusal']) ?? '')
    this.#readTranscript(delta['audio'], choice, emit)
    this.#calls.readDeltas(arrayOf(delta['tool_calls']), choice, emit)
    this.#calls.readFunctionCall(delta['function_call'], choice, emit)
  }

  #readMessage(message: JsonRecord, choice: number, emit: Emit) {
    const whole = new Map<Channel, string>()
    const collect = (channel: Channel, text: string) => {
      whole.set(channel, (whole.get(channel) ?? '') + text)
    }
    collect('reasoning', reasoningOf(message))
    readContent(message['content'], collect)
    collect('refusal', stringOf(message['refusal']) ?? '')
    for (const [channel, value] of whole) {
      if (value === '') continue
      const item = this.#itemOf(channel === 'reasoning' ? 'reasoning' : 'message')
      emit({ type: 'done', choice, item, channel, part: partOf(channel), value })
    }
    this.#readTranscript(message['audio'], choice, emit, true)
    this.#calls.readWhole(arrayOf(message['tool_calls']), choice, emit)
    this.#calls.readFunctionCall(message['function_call'], choice, emit, true)
  }

  /** The sound itself is for `onEvent`; what it says is for the state. */
  #readTranscript(audio: unknown, choice: number, emit: Emit, whole = false) {
    const text = (isRecord(audio) ? stringOf(audio['transcript']) : undefined) ?? ''
    // Of a whole one only what the deltas have not said: a transcript cannot be taken back.
    const isKnown = whole && text.startsWith(this.#transcript)
    const delta = isKnown ? text.slice(this.#transcript.length) : text
    if (delta === '' || (whole && !isKnown)) return
    this.#transcript += delta
    emit({ type: 'transcript', choice, delta })
  }
}

/** The text and the refusal of a chat message are two parts of one message item. */
function partOf(channel: Channel): number {
  return channel === 'refusal' ? 1 : 0
}

/**
 * Reasoning under the names that compatible servers give it. A server that sends it under several
 * means the same text, so the first that is there counts.
 */
function reasoningOf(source: JsonRecord): string {
  for (const value of [source['reasoning_content'], source['reasoning']]) {
    if (typeof value === 'string' && value !== '') return value
  }
  return arrayOf(source['reasoning_details'])
    .map((detail) =>
      isRecord(detail) ? (stringOf(detail['text']) ?? stringOf(detail['summary']) ?? '') : '',
    )
    .join('')
}
