import { isRecord, recordsOf, textOf, type JsonRecord } from '../json/json-record.ts'
import { isEnding, type Emit } from './vocabulary/completion-event.ts'
import type { CompletionFormat } from './vocabulary/format.ts'

/**
 * Wraps a format for servers that leave the reasoning in the text, between `<think>` and `</think>`. The
 * content of tags at the start of a text becomes `reasoning`, the rest stays `text`, both without the
 * whitespace around the tags. A tag after other text stays text.
 *
 * @example
 * useStreamingCompletion({ url, format: thinkTags(openaiChat) })
 */
export function thinkTags(format: CompletionFormat): CompletionFormat {
  return {
    ...format,
    name: `${format.name} with think tags`,
    createReader(framing) {
      const reader = format.createReader(framing)
      const split = createSplitter()
      return {
        read: (event, emit) => reader.read(event, split(emit)),
        end: (emit) => reader.end(split(emit)),
      }
    },
  }
}

const opening = '<think>'
const closing = '</think>'

/** The state of one text. */
interface Text {
  mode: 'start' | 'thought' | 'answer'
  /** Text that cannot be assigned yet. */
  held: string
  /** Whether a thought came before. If so, leading whitespace is not part of the answer. */
  hasThought: boolean
  /** Whether any text of the current thought has been read. */
  isThinking: boolean
}

/** A piece of a text and its channel. */
type Piece = readonly [channel: 'reasoning_text' | 'output_text', text: string]

function createSplitter(): (emit: Emit) => Emit {
  const texts = new Map<string, { place: Place; text: Text }>()

  return (emit) => (event) => {
    if (event.type === 'delta' && event.channel === 'output_text') {
      const { choice, item, part } = event
      const key = `${choice} ${item} ${part}`
      const known = texts.get(key) ?? { place: { choice, item, part }, text: newText() }
      texts.set(key, known)
      if (known.text.mode === 'answer') emit(event)
      else emitDeltas(known.place, advance(known.text, event.delta), emit)
      return
    }
    if (isEnding(event)) {
      for (const { place, text } of texts.values()) emitDeltas(place, rest(text), emit)
    }
    if (event.type === 'done' && event.channel === 'output_text') {
      const [thought, answer] = splitWhole(event.value)
      emitThought(event, thought, emit)
      emit({ ...event, value: answer })
    } else if (event.type === 'output-done') {
      emit({ ...event, items: event.items.flatMap(splitItem) })
    } else if (event.type === 'item-added' || event.type === 'item-done') {
      const [thought, answer] = splitMessage(event.value)
      emitThought({ ...event, part: 0 }, thought, emit)
      emit({ ...event, value: answer })
    } else {
      emit(event)
    }
  }
}

interface Place {
  readonly choice: number
  readonly item: number
  readonly part: number
}

/** The place of a thought: right before the message that contains it. */
const thoughtPlace = ({ choice, item, part }: Place) => ({ choice, item: item - 0.5, part })

function emitThought(place: Place, value: string, emit: Emit) {
  if (value) emit({ type: 'done', channel: 'reasoning_text', ...thoughtPlace(place), value })
}

function emitDeltas(place: Place, pieces: readonly Piece[], emit: Emit) {
  for (const [channel, delta] of pieces) {
    const at = channel === 'output_text' ? place : thoughtPlace(place)
    if (delta) emit({ type: 'delta', channel, ...at, delta })
  }
}

function newText(): Text {
  return { mode: 'start', held: '', hasThought: false, isThinking: false }
}

/** Reads the next piece of a text whose answer has not started. */
function advance(text: Text, delta: string): Piece[] {
  const pieces: Piece[] = []
  text.held += delta
  while (text.mode !== 'answer') {
    if (text.mode === 'start') {
      const begun = text.held.trimStart()
      if (begun.startsWith(opening)) {
        text.mode = 'thought'
        text.held = begun.slice(opening.length)
        text.isThinking = false
        continue
      }
      if (opening.startsWith(begun)) break
      text.mode = 'answer'
      // Without a thought before it, leading whitespace is part of the answer.
      pieces.push(['output_text', text.hasThought ? begun : text.held])
      text.held = ''
    } else {
      if (!text.isThinking) text.held = text.held.trimStart()
      const end = text.held.indexOf(closing)
      if (end >= 0) {
        pieces.push(['reasoning_text', text.held.slice(0, end).trimEnd()])
        text.mode = 'start'
        text.hasThought = true
        text.held = text.held.slice(end + closing.length)
        continue
      }
      const [waiting = ''] = unfinished.exec(text.held) ?? []
      const ready = text.held.slice(0, text.held.length - waiting.length)
      text.isThinking ||= ready !== ''
      pieces.push(['reasoning_text', ready])
      text.held = waiting
      break
    }
  }
  return pieces
}

/** A possible start of the closing tag, with the whitespace before it. */
const unfinished = /\s*(?:<(?:\/(?:t(?:h(?:i(?:nk?)?)?)?)?)?)?$/

/** The text that is still held when the stream ends. */
function rest(text: Text): Piece[] {
  const { mode, held, hasThought } = text
  text.held = ''
  if (mode === 'thought') return [['reasoning_text', held.trimEnd()]]
  return [['output_text', hasThought ? held.trimStart() : held]]
}

function splitWhole(whole: string): [thought: string, answer: string] {
  const text = newText()
  const pieces = [...advance(text, whole), ...rest(text)]
  const join = (wanted: Piece[0]) =>
    pieces.map(([channel, piece]) => (channel === wanted ? piece : '')).join('')
  return [join('reasoning_text'), join('output_text')]
}

/** The thoughts of a message, and the message without them. Other items are returned unchanged. */
function splitMessage(item: JsonRecord): [thought: string, item: JsonRecord] {
  if (item['type'] !== 'message') return ['', item]
  let thoughts = ''
  const content = recordsOf(item['content']).map((part) => {
    if (part['type'] !== 'output_text') return part
    const [thought, text] = splitWhole(textOf(part['text']))
    thoughts += thought
    return { ...part, text }
  })
  return [thoughts, { ...item, content }]
}

function splitItem(item: unknown): unknown[] {
  if (!isRecord(item)) return [item]
  const [text, rest] = splitMessage(item)
  if (text === '') return [rest]
  return [{ type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text }] }, rest]
}
