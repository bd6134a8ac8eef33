import { channelOfPart, placeOfChannel } from '../formats/vocabulary/channel.ts'
import { recordsOf, textOf, type JsonRecord } from '../json/json-record.ts'
import { keepIdentity } from './merge.ts'
import { isOwnCall } from './tool-calls.ts'

/**
 * Returns the item with the fields that its type requires, whatever the wire sent instead, or the same
 * item if it has them. Items of other types are not changed.
 */
export function withShape(item: JsonRecord): JsonRecord {
  return keepIdentity(item, shaped(item))
}

function shaped(item: JsonRecord): JsonRecord {
  const { type, content, summary, name, arguments: text, input } = item
  switch (type) {
    case 'message':
      return { ...item, content: partsOf(content) }
    case 'reasoning':
      return {
        ...item,
        summary: partsOf(summary),
        ...(content !== undefined && { content: partsOf(content) }),
      }
    case 'function_call':
      return { ...item, name: textOf(name), arguments: textOf(text) }
    case 'custom_tool_call':
      return { ...item, name: textOf(name), input: textOf(input) }
    default:
      return item
  }
}

function partsOf(value: unknown): JsonRecord[] {
  const parts = recordsOf(value)
  return keepIdentity(
    parts,
    parts.filter((part) => {
      const place = placeOfChannel(channelOfPart(part['type']))
      return !place || typeof part[place.field] === 'string'
    }),
  ) as JsonRecord[]
}

/** Whether the item has not ended yet. */
export function isOpen(item: JsonRecord): boolean {
  const { status } = item
  return status === undefined ? needsStatus(item) : /ing$|^in_progress$/.test(textOf(status))
}

/** Whether an item without a status counts as open: the app is shown a status for it. */
export function needsStatus(item: JsonRecord): boolean {
  return isOwnCall(item) || item['type'] === 'image_generation_call'
}
