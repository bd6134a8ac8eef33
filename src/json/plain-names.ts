import { isRecord, type JsonRecord } from './json-record.ts'

/**
 * The fields of an object by their names without capitals and underscores, for each server writes them in
 * its own way. What ends in `Exception` is an `exception`, as AWS names its errors.
 */
export function plainNames(value: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name
        .toLowerCase()
        .replaceAll('_', '')
        .replace(/^\w+(exception)$/, '$1'),
      // Frameworks list what is wrong with a request by the names of its fields.
      isRecord(field) && Object.values(field).every(Array.isArray)
        ? Object.values(field).flat()
        : field,
    ]),
  )
}
