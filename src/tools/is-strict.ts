import { arrayOf, isRecord, recordOf, textOf } from '../json/json-record.ts'

/** The keywords that providers support in strict mode. They reject a request with any other. */
const supported =
  /^(type|properties|required|additionalProperties|items|anyOf|enum|const|\$ref|\$defs|title|description|pattern|format|multipleOf|minimum|maximum|exclusiveM(in|ax)imum|m(in|ax)Items)$/

const formats = /^(date-time|time|date|duration|email|hostname|ipv4|ipv6|uuid)$/

/**
 * Whether a JSON Schema meets the rules of strict mode: every object is closed, every property is
 * required, a reference has no other keywords, and all keywords are supported.
 */
export function isStrict(schema: unknown): boolean {
  if (!isRecord(schema)) return false
  const { type, properties, additionalProperties, items, anyOf, $defs, format } = schema
  const required = arrayOf(schema['required'])
  const says = ['type', 'anyOf', 'enum', 'const', '$ref'].some((keyword) => keyword in schema)
  return (
    says &&
    (!('$ref' in schema) || Object.keys(schema).length === 1) &&
    Object.keys(schema).every((keyword) => supported.test(keyword)) &&
    (format === undefined || formats.test(textOf(format))) &&
    (![type].flat().includes('object') ||
      (additionalProperties === false &&
        Object.keys(recordOf(properties)).every((name) => required.includes(name)))) &&
    (![type].flat().includes('array') || items !== undefined) &&
    [...schemasOf(properties), ...schemasOf($defs), ...arrayOf(anyOf)].every(isStrict) &&
    (items === undefined || isStrict(items))
  )
}

function schemasOf(value: unknown): unknown[] {
  return Object.values(recordOf(value))
}
