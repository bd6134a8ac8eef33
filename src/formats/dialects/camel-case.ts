import { isRecord, type JsonRecord } from '../../json/json-record.ts'

/** Maps the field names of Python servers to those of the protocol. */
export function inCamelCase(json: JsonRecord): JsonRecord {
  return hasSnakeCase(json)
    ? Object.fromEntries(Object.entries(json).map(([name, value]) => [camelCase(name), value]))
    : json
}

/**
 * Does the same for all objects inside.
 *
 * @param own matches the fields whose content belongs to the app
 */
export function deeplyInCamelCase(json: JsonRecord, own: RegExp): JsonRecord {
  return hasSnakeCaseInside(json, own) ? (convert(json, own) as JsonRecord) : json
}

function hasSnakeCase(json: object): boolean {
  return Object.keys(json).some((name) => name.includes('_'))
}

function hasSnakeCaseInside(json: object, own: RegExp): boolean {
  if (!Array.isArray(json) && hasSnakeCase(json)) return true
  return Object.entries(json).some(
    ([name, value]: [string, unknown]) =>
      typeof value === 'object' && value && !own.test(name) && hasSnakeCaseInside(value, own),
  )
}

function convert(value: unknown, own: RegExp): unknown {
  if (Array.isArray(value)) return value.map((each) => convert(each, own))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      camelCase(name),
      own.test(name) ? field : convert(field, own),
    ]),
  )
}

function camelCase(name: string): string {
  return name.replace(/(?!^)_(\w)/g, (_, letter: string) => letter.toUpperCase())
}
