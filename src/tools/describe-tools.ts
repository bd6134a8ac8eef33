import type { JsonRecord } from '../json/json-record.ts'
import { fitSchema } from './fit-schema.ts'
import { isStrict } from './is-strict.ts'
import type { AnyTools, JsonSchemaSource, Tool } from './tool.ts'

/** A tool for the tool list of a request, in a neutral shape that is converted for each API. */
export interface DescribedTool {
  readonly name: string
  readonly description: string | undefined
  /** The JSON Schema of the input, normalised for a request. */
  readonly parameters: JsonRecord
  /** Whether the schema meets the rules of strict mode. */
  readonly strict: boolean
  /** The tool's definition from the app, sent unchanged, if it has one. */
  readonly definition: JsonRecord | undefined
}

const described = new WeakMap<object, DescribedTool[]>()

/**
 * Describes tools for a request. Cached per tools object.
 *
 * @throws TypeError with the tool's name if its schema cannot be converted to the JSON Schema of an object
 */
export function describeTools(tools: AnyTools): readonly DescribedTool[] {
  const known = described.get(tools)
  if (known) return known
  const list = Object.entries(tools).map(([name, tool]) => describeTool(name, tool))
  described.set(tools, list)
  return list
}

function describeTool(name: string, tool: Tool): DescribedTool {
  const { description, definition } = tool
  try {
    const parameters = definition ? {} : fitSchema(jsonSchemaOf(tool))
    return { name, description, definition, parameters, strict: isStrict(parameters) }
  } catch (thrown) {
    throw new TypeError(
      `The tool '${name}' cannot be described to the model: ${messageOf(thrown)}.`,
      {
        cause: thrown,
      },
    )
  }
}

function jsonSchemaOf({ schema, jsonSchema }: Tool): JsonRecord {
  if (jsonSchema) return jsonSchema
  if (!schema) return { type: 'object', properties: {} }
  // The input side: `validate` may transform it to another type.
  const { vendor, jsonSchema: source } = (
    schema as Partial<JsonSchemaSource & { '~standard': { vendor: string } }>
  )['~standard'] as Partial<JsonSchemaSource['~standard']> & { vendor: string }
  if (source) return source.input({ target: 'draft-2020-12' })
  throw new TypeError(
    vendor === 'valibot'
      ? 'wrap its schema in toStandardJsonSchema of @valibot/to-json-schema'
      : `its schema (${vendor}) has no Standard JSON Schema; give one as jsonSchema beside it`,
  )
}

/** The message of an error, without its stack. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
