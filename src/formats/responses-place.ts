import { numberOf, stringOf, type JsonRecord } from './json.ts'

/** Where in the output an event of the Responses API belongs. */
export function placeOf(event: JsonRecord) {
  return {
    choice: 0,
    item: numberOf(event['output_index']) ?? 0,
    part: numberOf(event['content_index'] ?? event['summary_index']) ?? 0,
  }
}

/** The fields by which an event about an item names it, to open it where nothing else has. */
export function identityOf(event: JsonRecord, type: string): JsonRecord {
  const id = stringOf(event['item_id'])
  return id === undefined ? { type } : { type, id }
}
