/** Narrowing of untrusted JSON: a field is read only as the type that it has. */

export type JsonRecord = Record<string, unknown>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Shared, because they are used several times per event.
const noFields: JsonRecord = /* @__PURE__ */ Object.freeze({})
const noValues: readonly unknown[] = []

/** The value if it is a record, otherwise an empty record. */
export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : noFields
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The value if it is a string, otherwise an empty string. */
export function textOf(value: unknown): string {
  return stringOf(value) ?? ''
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

/** The value if it is a number, or the number that a text is. */
export function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value ? Number(value) : value
  return Number.isFinite(number) ? (number as number) : undefined
}

export function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : noValues
}

/** The records of a list. */
export function recordsOf(value: unknown): readonly JsonRecord[] {
  const values = arrayOf(value)
  return values.every(isRecord) ? values : values.filter(isRecord)
}
