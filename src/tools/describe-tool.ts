import type { JsonRecord } from '../json/json-record.ts'
import { fitSchema } from './fit-schema.ts'
import { isStrict } from './is-strict.ts'
import { messageOf } from './message-of.ts'
import type { DescribedTool } from './tool-set.ts'
import type { JsonSchemaSource, Tool } from './tool.ts'

/** @throws TypeError with the tool's name if its schema cannot be converted to the JSON Schema of an object */
export function describeTool(name: string, tool: Tool): DescribedTool {
  const { description, definition } = tool
  try {
    const parameters = definition ? {} : fitSchema(jsonSchemaOf(tool))
    return {
      name,
      description,
      definition: definition as JsonRecord | undefined,
      parameters,
      strict: isStrict(parameters),
    }
  } catch (thrown) {
    const message = `The tool '${name}' cannot be described: ${messageOf(thrown)}`
    throw new TypeError(message, { cause: thrown })
  }
}

function jsonSchemaOf({ schema, jsonSchema }: Tool): JsonRecord {
  if (jsonSchema) return jsonSchema as JsonRecord
  if (!schema) return { type: 'object', properties: {} }
  // The input side: `validate` may transform it to another type.
  const standard = schema['~standard'] as
    Partial<JsonSchemaSource['~standard'] & { vendor: string }> | undefined
  const { vendor = 'unknown', jsonSchema: source } = standard ?? {}
  if (source) return source.input({ target: 'draft-2020-12' })
  throw new TypeError(
    vendor === 'valibot'
      ? 'wrap its schema in toStandardJsonSchema of @valibot/to-json-schema'
      : `its schema (${vendor}) has no Standard JSON Schema: set jsonSchema`,
  )
}
