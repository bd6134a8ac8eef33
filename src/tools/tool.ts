import type { ToolCall } from '../completion/output-item.ts'
import type { StandardSchema } from '../structured/standard-schema.ts'

/** The context of a tool's run. */
export interface ToolContext {
  /**
   * Aborts when the user stops the answer. Pass it on to everything that the tool opens. A result that
   * arrives later is ignored.
   */
  readonly signal: AbortSignal
  /** The call from the model. */
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
  /** Tells the model what the tool does and when to use it. */
  description?: string | undefined
  /**
   * Runs the tool with the validated input. Its return value, or what it resolves to, is the output for
   * the model: a string unchanged, any other value as JSON. If it throws, or returns something that is not
   * JSON, such as a `Response`, the model receives the error's message, never its stack.
   */
  run: (input: In, context: ToolContext) => unknown
  /**
   * Whether the user has to approve a call before it runs. A function receives the validated input and
   * may be async. If it throws, the call does not run.
   *
   * @default false
   */
  approve?: boolean | ((input: In) => boolean | PromiseLike<boolean>) | undefined
  /**
   * The tool's entry in the request, for a tool that is not a function: a custom tool
   * (`{ type: 'custom', name: 'sql' }`), or a provider-defined tool that the app runs, under its name
   * (`shell: { definition: { type: 'shell' } }`). Its `run` receives the unvalidated input of the call.
   */
  definition?: object | undefined
}

/** A tool that the model may call and the app runs. */
export type Tool<In = unknown> = ToolBase<In> &
  (
    | {
        /**
         * The schema of the input, which follows Standard Schema and Standard JSON Schema: Zod 4.2, ArkType
         * 2.2, or Valibot with `toStandardJsonSchema` of `@valibot/to-json-schema`.
         */
        // The schema may accept any input; only its output reaches `run`.
        // eslint-disable-next-line @typescript-eslint/no-explicit-any
        schema: StandardSchema<any, In> & JsonSchemaSource
        jsonSchema?: undefined
      }
    | {
        // eslint-disable-next-line @typescript-eslint/no-explicit-any
        schema: StandardSchema<any, In>
        /** The JSON Schema of the input, for a schema without JSON Schema support. */
        jsonSchema: object
      }
    | {
        schema?: undefined
        /** The JSON Schema of the input. Without `schema`, the input is not validated. */
        jsonSchema?: object | undefined
      }
  )

/** Tools by name. `Inputs` are the inputs of their `run` functions, inferred from the schemas. */
export type Tools<Inputs = Record<string, unknown>> = {
  readonly [Name in keyof Inputs]: Tool<Inputs[Name]>
}

/** Tools whose inputs are not known here. */
// A tool is contravariant in its input, so no type narrower than `any` accepts all of them.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyTools = Readonly<Record<string, Tool<any>>>
