import { placeOfChannel, type Channel, type ChannelPlace } from '../formats/vocabulary/channel.ts'
import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import { arrayOf, isRecord, recordOf, type JsonRecord } from '../json/json-record.ts'
import { deriveChannels, emptyOutput, type OutputContent } from './derive-channels.ts'
import { releaseStringPieces } from './release-string-pieces.ts'
import { isOpen, needsStatus, withShape } from './item-shape.ts'
import { matchItems } from './match-items.ts'
import { keepIdentity, merge } from './merge.ts'
import { SparseList } from './sparse-list.ts'
import type { OutputItem } from './output-item.ts'
import { isOwnCall, isWholeCall } from './tool-calls.ts'

/** An event about the output of a choice. */
export type OutputEvent = Exclude<
  Extract<CompletionEvent, { choice: number }>,
  { type: 'choice' | 'transcript' }
>

/** One item of the output. */
interface Slot {
  value: JsonRecord
  /** Its parts by their numbers, which need not be their positions, by the name of their list. */
  parts: Partial<Record<string, SparseList<JsonRecord>>>
}

/** The object that holds a channel's string, and the name of its field. */
interface Cursor {
  channel: Channel
  item: number
  part: number
  holder: JsonRecord
  field: string
}

/**
 * Builds the output of one choice. Snapshots share everything that did not change between them: an object
 * in a snapshot is never written to again; its next change copies it. Between two snapshots a delta costs
 * one concatenation.
 */
export class OutputBuilder {
  /** Whether anything has changed since the last snapshot. */
  changed = false
  /** The length of all output text, in UTF-16 code units. */
  textLength = 0
  #items = new SparseList<Slot>()
  /** Objects made since the last snapshot: only these may be written to. */
  readonly #fresh = new Set<object>()
  /** Functions that put changed parts in order, by the list of the parts. */
  readonly #unordered = new Map<object, () => void>()
  #cursor: Cursor | undefined
  #content = emptyOutput

  snapshot(): OutputContent {
    if (!this.changed) return this.#content
    this.#order()
    const items = this.#items.values().map((slot) => slot.value as unknown as OutputItem)
    this.#content = deriveChannels(items, this.#content)
    this.#fresh.clear()
    this.#cursor = undefined
    this.changed = false
    return this.#content
  }

  apply(event: OutputEvent): void {
    switch (event.type) {
      case 'delta':
        this.#write(event.channel, event.item, event.part, event.delta, false)
        break
      case 'done':
        this.#write(event.channel, event.item, event.part, event.value, true)
        break
      case 'annotation':
        this.#annotate(event)
        break
      case 'entry':
        this.#enter(event)
        break
      case 'item-added':
        this.#put(event.item, event.value, false)
        break
      case 'item-changed': {
        const { type } = event.value
        const place = this.#placeOf(
          event.item,
          (value) => (type ?? value['type']) === value['type'],
        )
        if (type ?? this.#items.get(place)) this.#put(place, event.value, true)
        break
      }
      case 'item-done': {
        const known = this.#items.get(event.item)
        const isClosing = needsStatus(event.value) || (known && isOpen(known.value))
        // This event closes it, even if the item has no status.
        const value =
          isClosing && event.value['status'] === undefined
            ? { ...event.value, status: 'completed' }
            : event.value
        this.#put(event.item, value, false)
        break
      }
      case 'item-removed':
        this.#remove(event.item)
        break
      case 'output-done':
        this.#replaceAll(event.items.filter(isRecord))
        break
      default:
        event satisfies never
    }
  }

  /**
   * The run is over. An item that nothing closed is `completed` if the answer is complete. A call also
   * needs complete arguments and a proper end: otherwise it must not look ready to run.
   */
  close(proper: boolean, whole: boolean): void {
    this.#order()
    // React also keeps the previous state in memory, so the strings of the last snapshot are freed too.
    releaseStringPieces(this.#content.output, 4)
    for (const slot of this.#items.values()) {
      const { value } = slot
      const isOwn = isOwnCall(value)
      const isCut = isOwn && !(proper && isWholeCall(value))
      // At the token limit, an earlier call may be complete. No arguments do not prove that.
      const isDone = whole || (isOwn && value['arguments'])
      if (isOpen(value) || (isCut && value['status'] === 'completed')) {
        this.#set(slot, { ...value, status: isDone && !isCut ? 'completed' : 'incomplete' })
      }
      releaseStringPieces(slot.value)
    }
  }

  /** Appends to a string, or replaces it with an authoritative one. An empty one removes nothing. */
  #write(channel: Channel, item: number, part: number, text: string, isWhole: boolean) {
    const { holder, field } = this.#point(channel, item, part)
    const built = holder[field] as string
    if (text === '' || (isWhole && text === built)) return
    const next = isWhole ? text : built + text
    holder[field] = next
    if (channel === 'output_text') this.textLength += next.length - built.length
    this.changed = true
  }

  #annotate({ item, part, index = -1, annotation }: Extract<OutputEvent, { type: 'annotation' }>) {
    const { holder } = this.#point('output_text', item, part)
    const before = holder['annotations']
    const list = this.#writable(Array.isArray(before) ? (before as unknown[]) : [])
    const at = index in list ? index : list.length
    if (merge(list[at], annotation, false) === list[at]) return
    list[at] = annotation
    holder['annotations'] = list
    this.changed = true
  }

  #enter({ item, of, path, index, value }: Extract<OutputEvent, { type: 'entry' }>) {
    const slot = this.#items.get(this.#placeOf(item, ({ type }) => type === of))
    if (!slot) return
    let holder = (slot.value = this.#writable(slot.value))
    const [name, inner] = path
    if (inner !== undefined) holder = holder[name] = this.#writable(recordOf(holder[name]))
    const last = inner ?? name
    const list = (holder[last] = this.#writable(arrayOf(holder[last]) as unknown[]))
    while (list.length < index) list.push(typeof value === 'string' ? '' : {})
    list[index] = value
    this.changed = true
  }

  /** Replaces what was built with the authoritative output. An empty output removes nothing. */
  #replaceAll(items: readonly JsonRecord[]) {
    if (items.length === 0) return
    this.#order()
    const values = this.#items.values()
    const matches = matchItems(values, items)
    const slots = items.map((item) => {
      const slot = matches.get(item) ?? { value: withShape(item), parts: {} }
      this.#merge(slot, item, false)
      return slot
    })
    this.changed ||= keepIdentity(values, slots) === slots
    this.#items = new SparseList(slots)
    this.textLength = slots.reduce((sum, slot) => sum + textLengthOf(slot.value), 0)
  }

  #put(item: number, value: JsonRecord, partial: boolean) {
    const known = this.#items.get(item)
    if (known) this.#merge(known, value, partial)
    else this.#open(item, withShape(value))
  }

  /** Both values and the result have the shape of the item's type. */
  #merge(slot: Slot, value: JsonRecord, partial: boolean) {
    this.#order()
    this.#set(slot, withShape(merge(slot.value, withShape(value), partial)))
  }

  #set(slot: Slot, value: JsonRecord) {
    if (value === slot.value) return
    this.textLength += textLengthOf(value) - textLengthOf(slot.value)
    slot.value = value
    slot.parts = {}
    this.#cursor = undefined
    this.changed = true
  }

  #remove(item: number) {
    this.#order()
    const slot = this.#items.remove(item)
    if (!slot) return
    this.textLength -= textLengthOf(slot.value)
    this.#cursor = undefined
    this.changed = true
  }

  #open(item: number, value: JsonRecord): Slot {
    this.changed = true
    this.textLength += textLengthOf(value)
    const slot: Slot = { value, parts: {} }
    this.#items.set(item, slot)
    return slot
  }

  /**
   * Some servers give several items the same number: each is placed right after the one before. Returns
   * the place of the first that fits, or the free one after them.
   */
  #placeOf(item: number, fits: (value: JsonRecord) => boolean): number {
    for (let step = 0.5; step > 0.001; step /= 2) {
      const known = this.#items.get(item)
      if (!known || fits(known.value)) break
      item += step
    }
    return item
  }

  /** Finds the string of a channel, opens its item and part if needed, and makes it writable. */
  #point(channel: Channel, item: number, part: number): Cursor {
    const last = this.#cursor
    if (last && last.item === item && last.part === part && last.channel === channel) return last
    const { item: type, field, list, part: partType } = placeOfChannel(channel) as ChannelPlace
    const place = this.#placeOf(
      item,
      (value) =>
        value['type'] === type ||
        // If the string is a field of the item itself, a call of another type may have it too.
        (!list && value['type'] !== 'message' && value['type'] !== 'reasoning'),
    )
    const slot =
      this.#items.get(place) ?? this.#open(place, withShape({ type, status: 'in_progress' }))
    let holder = (slot.value = this.#writable(slot.value))
    if (list) {
      const { value } = slot
      const parts = (slot.parts[list] ??= new SparseList(arrayOf(value[list]) as JsonRecord[]))
      const known = parts.get(part)
      this.changed ||= !known
      holder = this.#writable(
        known ?? { type: partType, ...(channel === 'output_text' && { annotations: [] }) },
      )
      parts.set(part, holder)
      this.#unordered.set(parts, () => (value[list] = parts.values()))
    }
    if (typeof holder[field] !== 'string') holder[field] = ''
    return (this.#cursor = { channel, item, part, holder, field })
  }

  /** Sorts once for all parts that have arrived, because their numbers may descend. */
  #order() {
    for (const order of this.#unordered.values()) order()
    this.#unordered.clear()
  }

  #writable<T extends object>(value: T): T {
    if (this.#fresh.has(value)) return value
    const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as T
    this.#fresh.add(copy)
    return copy
  }
}

function textLengthOf({ type, content }: JsonRecord): number {
  if (type !== 'message') return 0
  const texts = (content as JsonRecord[]).filter((part) => part['type'] === 'output_text')
  return texts.reduce((sum, { text }) => sum + (text as string).length, 0)
}
