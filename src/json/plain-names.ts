import { isRecord, type JsonRecord } from './json-record.ts'

/**
 * The fields of an object by their names in lower case without underscores, because servers spell them
 * differently. A name that ends in `Exception`, as in AWS's errors, becomes `exception`.
 */
export function plainNames(value: JsonRecord): JsonRecord {
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name
        .toLowerCase()
        .replaceAll('_', '')
        .replace(/^\w+(exception)$/, '$1'),
      // Frameworks list the errors of a request by field name.
      isRecord(field) && Object.values(field).every(Array.isArray)
        ? Object.values(field).flat()
        : field,
    ]),
  )
}
