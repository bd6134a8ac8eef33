import type { JsonRecord } from '../../json/json-record.ts'

/** `base` with the fields of `fields` that are not `null`: later usage objects may omit counts. */
export function mergeKnown(base: JsonRecord, fields: JsonRecord): JsonRecord {
  const known = Object.entries(fields).filter(([, value]) => value !== null)
  return { ...base, ...Object.fromEntries(known) }
}
