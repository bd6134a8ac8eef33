import type { Channel } from '../formats/completion-event.ts'
import { isRecord, type JsonRecord } from '../formats/json.ts'
import { channelPlaces, type ChannelPlace, type PartsPlace } from './channel-place.ts'
import { deriveChannels, emptyOutput, type OutputContent } from './derive-channels.ts'
import { emptyItem, withItemShape } from './item-shape.ts'
import { flatten } from './flatten.ts'
import { closed, isOpen, needsStatus } from './item-status.ts'
import { keptFields } from './kept-fields.ts'
import { matchItems } from './match-items.ts'
import { OrderedMap } from './ordered-map.ts'
import type { OutputItem } from './output-item.ts'
import { countUpTo } from './position.ts'
import { sameJson } from './same-json.ts'

interface ItemRecord {
  value: JsonRecord
  /** The wire's part indexes, in the order of the parts; a part's index need not be its position. */
  parts: Partial<Record<'content' | 'summary', number[]>>
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
 * Builds the output of one choice. Snapshots share everything that did not change between them: an
 * object that a snapshot has shown is never written to again, it is copied at the first change after
 * it. Between two snapshots a delta costs one concatenation.
 */
export class OutputBuilder {
  readonly #items = new OrderedMap<ItemRecord>()
  /** Objects made since the last snapshot: only these may be written to. */
  readonly #fresh = new Set<object>()
  #cursor: Cursor | undefined
  #content = emptyOutput
  #changed = false
  #textLength = 0

  /** Whether anything has changed since the last snapshot. */
  get changed(): boolean {
    return this.#changed
  }

  /** The length of all output text, in UTF-16 code units. */
  get textLength(): number {
    return this.#textLength
  }

  snapshot(): OutputContent {
    if (!this.#changed) return this.#content
    const items = this.#items.values().map((record) => record.value as unknown as OutputItem)
    this.#content = deriveChannels(items, this.#content)
    this.#fresh.clear()
    this.#cursor = undefined
    this.#changed = false
    return this.#content
  }

  append(channel: Channel, item: number, part: number, delta: string) {
    const { holder, field } = this.#point(channel, item, part)
    if (delta === '') return
    holder[field] = (holder[field] as string) + delta
    if (channel === 'text') this.#textLength += delta.length
    this.#changed = true
  }

  /** Makes an authoritative string of what its deltas built. An empty one takes nothing back. */
  replace(channel: Channel, item: number, part: number, value: string) {
    const { holder, field } = this.#point(channel, item, part)
    const built = holder[field] as string
    if (value === '' || value === built) return
    holder[field] = value
    if (channel === 'text') this.#textLength += value.length - built.length
    this.#changed = true
  }

  addItem(item: number, value: JsonRecord) {
    const known = this.#items.get(item)
    // A delta may have opened it already: what it brought stays.
    if (known) this.#put(known, withItemShape({ ...value, ...keptFields(known.value, value) }))
    else this.#insert(item, withItemShape(value))
  }

  changeItem(item: number, fields: JsonRecord) {
    const { type } = fields
    const place = this.#placeOf(item, (value) => type === undefined || value['type'] === type)
    const record = this.#items.get(place)
    if (!record) {
      if (typeof type === 'string') this.#insert(place, withItemShape(fields))
      return
    }
    const next = { ...record.value }
    for (const [name, value] of Object.entries(fields)) {
      const before = next[name]
      next[name] = isRecord(before) && isRecord(value) ? { ...before, ...value } : value
    }
    if (!sameJson(record.value, next)) this.#put(record, withItemShape(next))
  }

  annotate(item: number, part: number, index: number | undefined, annotation: JsonRecord) {
    const { holder } = this.#point('text', item, part)
    const list = this.#writable(
      Array.isArray(holder['annotations']) ? (holder['annotations'] as unknown[]) : [],
    )
    const isPlace = index !== undefined && Number.isInteger(index) && index >= 0
    const at = isPlace && index < list.length ? index : list.length
    if (sameJson(list[at], annotation)) return
    list[at] = annotation
    holder['annotations'] = list
    this.#changed = true
  }

  /** Makes an authoritative item of what was built. Empty strings and lists in it take nothing back. */
  completeItem(item: number, value: JsonRecord) {
    const known = this.#items.get(item)
    const unclosed = needsStatus(value) || (known !== undefined && isOpen(known.value))
    const whole = value['status'] === undefined && unclosed ? closed(value, true) : value
    if (known) this.#reconcile(known, whole)
    else this.#insert(item, withItemShape(whole))
  }

  /** Makes the authoritative output of what was built. An empty output takes nothing back. */
  completeOutput(values: readonly unknown[]) {
    const items = values.filter(isRecord)
    if (items.length === 0) return
    const built = this.#items.values()
    const matches = matchItems(built, items)
    const next = items.map((value) => {
      const record = matches.get(value) ?? { value: withItemShape(value), parts: {} }
      this.#reconcile(record, value)
      return record
    })
    if (next.length === built.length && next.every((record, at) => record === built[at])) return
    this.#items.clear()
    for (const [position, record] of next.entries()) this.#items.set(position, record)
    this.#textLength = textLengthOf(next.map((record) => record.value))
    this.#changed = true
  }

  /** The run is over: an item that nothing closed is `completed` if the answer is whole. */
  close(whole: boolean) {
    for (const record of this.#items.values()) {
      if (isOpen(record.value)) this.#put(record, closed(record.value, whole))
      flatten(record.value)
    }
  }

  /**
   * Servers that number badly put several items in one place: each goes right after the one before.
   * Answers the place of the first that fits, or the free one after them.
   */
  #placeOf(item: number, fits: (value: JsonRecord) => boolean): number {
    let place = item
    for (let step = 0.5; step > 0.001; step /= 2) {
      const record = this.#items.get(place)
      if (!record || fits(record.value)) return place
      place += step
    }
    return place
  }

  #insert(item: number, value: JsonRecord): ItemRecord {
    const record: ItemRecord = { value, parts: {} }
    this.#items.set(item, record)
    this.#textLength += textLengthOf([value])
    this.#changed = true
    return record
  }

  #put(record: ItemRecord, value: JsonRecord) {
    this.#textLength += textLengthOf([value]) - textLengthOf([record.value])
    record.value = value
    record.parts = {}
    this.#cursor = undefined
    this.#changed = true
  }

  #reconcile(record: ItemRecord, value: JsonRecord) {
    const next = withItemShape({ ...value, ...keptFields(record.value, value) })
    if (!sameJson(record.value, next)) this.#put(record, next)
  }

  /** Finds the string of a channel, opening its item and its part, and makes sure it may be written to. */
  #point(channel: Channel, item: number, part: number): Cursor {
    const last = this.#cursor
    if (last && last.item === item && last.part === part && last.channel === channel) return last
    const place = channelPlaces[channel]
    item = this.#placeOf(item, (value) => mayHold(value, place))
    let record = this.#items.get(item)
    record ??= this.#insert(item, emptyItem(place.itemType))
    record.value = this.#writable(record.value)
    const holder = place.parts ? this.#partOf(record, place.parts, part) : record.value
    if (typeof holder[place.field] !== 'string') holder[place.field] = ''
    return (this.#cursor = { channel, item, part, holder, field: place.field })
  }

  #partOf(record: ItemRecord, { list, openPart }: PartsPlace, part: number): JsonRecord {
    const before = record.value[list]
    const parts = this.#writable(Array.isArray(before) ? (before as JsonRecord[]) : [])
    record.value[list] = parts
    const indexes = (record.parts[list] ??= parts.map((_, position) => position))
    let position = countUpTo(indexes, part) - 1
    if (indexes[position] !== part) {
      position++
      indexes.splice(position, 0, part)
      parts.splice(position, 0, openPart())
      this.#changed = true
    }
    const holder = this.#writable(parts[position] ?? openPart())
    parts[position] = holder
    return holder
  }

  #writable<T extends object>(value: T): T {
    if (this.#fresh.has(value)) return value
    const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as T
    this.#fresh.add(copy)
    return copy
  }
}

/** Whether the string of a channel can stand in an item that is there already. */
function mayHold({ type }: JsonRecord, { itemType, parts }: ChannelPlace): boolean {
  if (type === itemType) return true
  // A string of the item itself may be that of a call of another kind.
  return parts === undefined && type !== 'message' && type !== 'reasoning'
}

function textLengthOf(items: readonly JsonRecord[]): number {
  let length = 0
  for (const { type, content } of items) {
    if (type !== 'message') continue
    for (const part of content as readonly JsonRecord[]) {
      if (part['type'] === 'output_text') length += (part['text'] as string).length
    }
  }
  return length
}
