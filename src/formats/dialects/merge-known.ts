import type { JsonRecord } from '../../json/json-record.ts'

/** `base` with those of `fields` that are not `null`: a later report of usage may leave things out. */
export function mergeKnown(base: JsonRecord, fields: JsonRecord): JsonRecord {
  const known = Object.entries(fields).filter(([, value]) => value !== null)
  return { ...base, ...Object.fromEntries(known) }
}
