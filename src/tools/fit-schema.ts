import { isRecord, recordOf, textOf, type JsonRecord } from '../json/json-record.ts'

/** Keywords whose values map names to schemas. These names are not keywords. */
const named = /^(properties|patternProperties|dependentSchemas)$/

/** Keywords whose values are data, not schemas. */
const data = /^(enum|const|default|examples|required)$/

/** Keywords that providers reject, and the definitions, which are collected at the root. */
const dropped = /^(\$schema|propertyNames|\$defs|definitions)$/

/**
 * A lookahead or lookbehind. Providers reject the whole request: their grammars do not support them. An
 * escaped parenthesis may match too, which is harmless: the tool's schema validates the input in full.
 */
const lookaround = /\(\?<?[=!]/

/**
 * Normalises the JSON Schema of a tool's input for a request: the root is an inline object with
 * `properties`; `$schema`, `propertyNames` and a `pattern` with lookaround, which providers reject, are
 * removed; objects that do not specify additional properties are closed; and definitions are named in
 * order of use, so that the output is deterministic and prompt caches stay valid. The order of properties
 * is kept.
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
      const isRejected = keyword === 'pattern' && lookaround.test(textOf(inner))
      if (isRejected || dropped.test(keyword)) continue
      fitted[keyword] =
        keyword === '$ref'
          ? renamed(inner)
          : data.test(keyword)
            ? inner
            : named.test(keyword)
              ? fitAll(recordOf(inner))
              : // Closed parts of an intersection would exclude each other.
                fit(inner, keyword === 'allOf')
    }
    const { properties, additionalProperties, unevaluatedProperties, allOf } = fitted
    const isOpen = (additionalProperties ?? unevaluatedProperties ?? allOf) === undefined
    if (properties && isOpen && !isPart) fitted['additionalProperties'] = false
    return fitted
  }

  function fitAll(schemas: JsonRecord): JsonRecord {
    return Object.fromEntries(Object.entries(schemas).map(([name, each]) => [name, fit(each)]))
  }

  function renamed(ref: unknown): unknown {
    const known = definitionOf(ref)
    if (known === undefined) return ref
    if (!names.has(known)) names.set(known, `def${names.size + 1}`)
    return `#/$defs/${names.get(known)}`
  }

  let root = schema
  for (let depth = 0; depth < 8 && root['$ref'] !== undefined; depth++) {
    const { $ref, ...beside } = root
    root = { ...recordOf(definitions[definitionOf($ref) ?? '']), ...beside }
  }
  if ((root['type'] ?? (isRecord(root['properties']) && 'object')) !== 'object')
    throw new TypeError('its input is not an object')

  const { type: _, properties = {}, ...rest } = fit(root) as JsonRecord
  const $defs: JsonRecord = {}
  // A definition may refer to further definitions. This loop reaches them later.
  for (const [known, name] of names) $defs[name] = fit(definitions[known])
  return { type: 'object', properties, ...rest, ...(names.size > 0 && { $defs }) }
}

/** The name of the definition that a reference refers to. */
function definitionOf(ref: unknown): string | undefined {
  const [, name] = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(String(ref)) ?? []
  return name && decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')
}
