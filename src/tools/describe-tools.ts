import type { JsonRecord } from '../json/json-record.ts'
import { fitSchema } from './fit-schema.ts'
import { isStrict } from './is-strict.ts'
import type { AnyTools, JsonSchemaSource, Tool } from './tool.ts'

/** A tool as a request lists it, in a shape of its own that each API is made from. */
export interface DescribedTool {
  readonly name: string
  readonly description: string | undefined
  /** The JSON Schema of the input, fit for a request. */
  readonly parameters: JsonRecord
  /** Whether strict mode can hold the model to it. */
  readonly strict: boolean
  /** The tool as it is to stand in the request, where the app gave it. */
  readonly definition: JsonRecord | undefined
}

const described = new WeakMap<object, DescribedTool[]>()

/**
 * Describes tools for a request. Done once for each object of tools.
 *
 * @throws TypeError that names the tool, if its schema cannot be described as the JSON Schema of an object
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
  // The input side: what `validate` takes, which need not be what it gives.
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

/** What an error says, never where it was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
