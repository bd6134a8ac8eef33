import type { JsonRecord } from '../../json/json-record.ts'

/** `base` with those of `fields` that are not `null`: a later report of usage may leave things out. */
export function mergeKnown(base: JsonRecord, fields: JsonRecord): JsonRecord {
  const known = Object.entries(fields).filter(([, value]) => value !== null)
  return { ...base, ...Object.fromEntries(known) }
}

/** The sum of the numbers among these; `undefined` if there is none. */
export function sumOf(...values: readonly unknown[]): number | undefined {
  const numbers = values.filter((value) => typeof value === 'number')
  return numbers.length > 0 ? numbers.reduce((sum, value) => sum + value, 0) : undefined
}
