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
  const types = [type].flat()
  const required = arrayOf(schema['required'])
  const keywords = Object.keys(schema)
  return (
    keywords.some((keyword) => /^(type|anyOf|enum|const|\$ref)$/.test(keyword)) &&
    (!('$ref' in schema) || keywords.length === 1) &&
    keywords.every((keyword) => supported.test(keyword)) &&
    (format === undefined || formats.test(textOf(format))) &&
    (!types.includes('object') ||
      (additionalProperties === false &&
        Object.keys(recordOf(properties)).every((name) => required.includes(name)))) &&
    (items === undefined ? !types.includes('array') : isStrict(items)) &&
    [...schemasOf(properties), ...schemasOf($defs), ...arrayOf(anyOf)].every(isStrict)
  )
}

function schemasOf(value: unknown): unknown[] {
  return Object.values(recordOf(value))
}
