import type { ToolCall } from '../completion/output-item.ts'
import type { JsonRecord } from '../json/json-record.ts'
import type { StandardSchema } from '../structured/standard-schema.ts'

/** What a tool is told about the call that it runs for. */
export interface ToolContext {
  /**
   * Aborts when the user stops the answer. Pass it on to what the tool opens. What the tool gives
   * after that is ignored.
   */
  readonly signal: AbortSignal
  /** The call as the model made it. */
  readonly call: ToolCall
}

/** A schema that can describe its input as JSON Schema: Standard JSON Schema, version 1. */
export interface JsonSchemaSource {
  readonly '~standard': {
    readonly jsonSchema: {
      readonly input: (options: { readonly target: 'draft-2020-12' }) => Record<string, unknown>
    }
  }
}

interface ToolBase<In> {
  /** What the tool does and when to use it, for the model. */
  description?: string | undefined
  /**
   * Runs the tool with the validated input. What it returns, or resolves to, is the output that the
   * model gets: a string as it is, anything else as JSON. The message of an error that it throws is
   * sent to the model, its stack is not.
   */
  run: (input: In, context: ToolContext) => unknown
  /**
   * Whether the user has to approve a call before it runs. A function gets the validated input and may
   * be async; if it throws, the call does not run.
   *
   * @default false
   */
  approve?: boolean | ((input: In) => boolean | PromiseLike<boolean>) | undefined
  /**
   * The tool as it stands in the request, for a tool that is no function: a custom tool
   * (`{ type: 'custom', name: 'sql' }`), or one that the provider defines and the app runs, under its
   * name (`shell: { definition: { type: 'shell' } }`). Its `run` gets the input of the call as it is.
   */
  definition?: JsonRecord | undefined
}

/** A tool that the model may call and the app runs. */
export type Tool<In = unknown> = ToolBase<In> &
  (
    | {
        /**
         * What the input must match: a schema that follows Standard Schema and Standard JSON Schema. Zod
         * 4.2 and ArkType 2.2 do, and Valibot by `toStandardJsonSchema` of `@valibot/to-json-schema`.
         */
        // The input side is whatever the schema accepts; only its output reaches `run`.
        // eslint-disable-next-line @typescript-eslint/no-explicit-any
        schema: StandardSchema<any, In> & JsonSchemaSource
        jsonSchema?: undefined
      }
    | {
        // eslint-disable-next-line @typescript-eslint/no-explicit-any
        schema: StandardSchema<any, In>
        /** The JSON Schema of the input, for a schema that cannot describe itself. */
        jsonSchema: JsonRecord
      }
    | {
        schema?: undefined
        /** The JSON Schema of the input. Without a schema beside it, nothing validates the input. */
        jsonSchema?: JsonRecord | undefined
      }
  )

/** Tools by name. `Inputs` is what their `run` functions get, inferred from the schemas. */
export type Tools<Inputs = Record<string, unknown>> = {
  readonly [Name in keyof Inputs]: Tool<Inputs[Name]>
}

/** Tools whose inputs are not known here. */
// A tool is contravariant in its input, so nothing narrower than `any` takes all of them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyTools = Readonly<Record<string, Tool<any>>>
