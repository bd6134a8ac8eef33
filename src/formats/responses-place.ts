import { numberOf, stringOf, type JsonRecord } from './json.ts'

/** Where in the output an event of the Responses API belongs. */
export function placeOf(event: JsonRecord) {
  return {
    choice: 0,
    item: indexOf(event['output_index']) ?? 0,
    part: indexOf(event['content_index'] ?? event['summary_index']) ?? 0,
  }
}

/** Beyond it, numbers lie too far apart to tell items from each other that share a place. */
const largest = 2 ** 31

/** An index as the wire has it, within bounds; `undefined` for what is no number. */
export function indexOf(value: unknown): number | undefined {
  const index = numberOf(value)
  if (index === undefined || Number.isNaN(index)) return undefined
  return Math.min(Math.max(index, -largest), largest)
}

/** The fields by which an event about an item names it, to open it where nothing else has. */
export function identityOf(event: JsonRecord, type: string): JsonRecord {
  const id = stringOf(event['item_id'])
  return id === undefined ? { type } : { type, id }
}
