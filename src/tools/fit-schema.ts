import { isRecord, recordOf, type JsonRecord } from '../json/json-record.ts'

/** Keywords whose values map names to schemas. These names are not keywords. */
const named = /^(properties|patternProperties|dependentSchemas|\$defs|definitions)$/

/** Keywords whose values are data, not schemas. */
const data = /^(enum|const|default|examples|required)$/

const localRef = /^#\/(?:\$defs|definitions)\/([^/]+)$/

/**
 * Normalises the JSON Schema of a tool's input for a request: the root is an inline object with
 * `properties`; `$schema` and `propertyNames`, which providers reject, are removed; objects that do not
 * specify additional properties are closed; and definitions are named in order of use, so that the output is
 * deterministic and prompt caches stay valid. The order of properties is kept.
 *
 * @throws TypeError if the root is not an object
 */
export function fitSchema(schema: JsonRecord): JsonRecord {
  const definitions = { ...recordOf(schema['definitions']), ...recordOf(schema['$defs']) }
  /** New names by the old ones, in order of use. */
  const names = new Map<string, string>()

  function fit(value: unknown, isPart = false): unknown {
    if (Array.isArray(value)) return value.map((each) => fit(each, isPart))
    if (!isRecord(value)) return value
    const fitted: JsonRecord = {}
    for (const [keyword, inner] of Object.entries(value)) {
      if (/^(\$schema|propertyNames|\$defs|definitions)$/.test(keyword)) continue
      fitted[keyword] =
        keyword === '$ref'
          ? refOf(inner)
          : data.test(keyword)
            ? inner
            : named.test(keyword)
              ? mapValues(recordOf(inner), (each) => fit(each))
              : // Closed parts of an intersection would exclude each other.
                fit(inner, keyword === 'allOf')
    }
    if (!isPart && isRecord(value['properties'])) close(fitted)
    return fitted
  }

  function close(fitted: JsonRecord) {
    if (!('additionalProperties' in fitted || 'unevaluatedProperties' in fitted || fitted['allOf']))
      fitted['additionalProperties'] = false
  }

  function refOf(ref: unknown): unknown {
    const [, name] = localRef.exec(String(ref)) ?? []
    if (name === undefined) return ref
    const known = decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')
    if (!names.has(known)) names.set(known, `def${names.size + 1}`)
    return `#/$defs/${names.get(known)}`
  }

  let root = schema
  for (let depth = 0; depth < 8 && typeof root['$ref'] === 'string'; depth++) {
    const [, name = ''] = localRef.exec(root['$ref']) ?? []
    const { $ref: _, ...beside } = root
    root = { ...recordOf(definitions[name]), ...beside }
  }
  if (root['type'] !== 'object' && !(root['type'] === undefined && isRecord(root['properties'])))
    throw new TypeError('its input is no object')

  const { type: _, properties = {}, ...rest } = fit(root) as JsonRecord
  const fitted: JsonRecord = { type: 'object', properties, ...rest }
  const $defs: JsonRecord = {}
  // A definition may refer to further definitions. The same loop reaches them later.
  for (const [known, name] of names) $defs[name] = fit(definitions[known])
  return names.size > 0 ? { ...fitted, $defs } : fitted
}

function mapValues(record: JsonRecord, change: (value: unknown) => unknown): JsonRecord {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
