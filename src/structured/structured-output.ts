import { isRunning, type CompletionContent } from '../completion/state.ts'
import type { Stage, StageHost, StageSession } from '../run/stage.ts'
import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import { createFencedJsonReader } from './fenced-json.ts'
import type { StandardSchema, ValidationResult } from './standard-schema.ts'
import { mismatch, noJson, unvalidated } from '../errors/validation.ts'

/** Where the JSON is, and its schema. */
export interface StructuredOutputOptions<In, Out> {
  /**
   * The schema of the JSON, from Zod, Valibot, ArkType, or any other library that follows Standard
   * Schema. It may be async. Without a schema, any JSON is accepted.
   */
  schema?: StandardSchema<In, Out> | undefined
  /**
   * Where to read the JSON: from the text, or from the arguments of the first call of a tool.
   *
   * @default 'text'
   */
  from?: 'text' | { readonly tool: string } | undefined
}

/**
 * The stage that reads JSON. It adds `object` to the state, and a run ends as `complete` only with a valid
 * `value`. With a moderation gate, it sees only cleared text.
 */
export function structuredOutput<In, Out>({
  schema,
  from,
}: StructuredOutputOptions<In, Out>): Stage {
  const { tool } = Object(from) as { tool?: string }
  const channel = tool === undefined ? 'output_text' : 'function_call_arguments'

  /** The text that contains the JSON. */
  function sourceIn({ text, toolCalls }: CompletionContent): string {
    if (tool === undefined) return text
    return toolCalls.find(({ name }) => name === tool)?.arguments ?? ''
  }

  function open(host: StageHost): StageSession {
    let json = createFencedJsonReader()
    /** The text that `json` has read. */
    let source = ''
    /** The text added since, if `isOne`. Reading it takes time proportional to its length. */
    let grown = ''
    /** Whether the text is a single string that has only grown. */
    let isOne = true
    let place: string | undefined
    let value: Out | undefined

    function note(event: CompletionEvent) {
      // The top level of the state has the fields of the first choice.
      if (event.type === 'delta' && event.channel === channel && !event.choice) {
        const current = `${event.item} ${event.part}`
        isOne &&= current === (place ??= current)
        grown += event.delta
      } else if (place && /done|changed/.test(event.type)) isOne = false
    }

    function read(text: string) {
      isOne &&= source.length + grown.length === text.length
      if (!isOne && !text.startsWith(source)) {
        json = createFencedJsonReader()
        source = ''
      }
      json.push(isOne ? grown : text.slice(source.length))
      source = text
      grown = ''
    }

    /** Settles the run as failed unless there is JSON that matches the schema. */
    function conclude(content: CompletionContent): Promise<void> | undefined {
      // The end of the JSON may not have been part of any state yet.
      read(sourceIn(content))
      json.end()
      if (json.state !== 'complete') {
        host.fail(noJson(source, json.invalidAt, tool, content.finishReason))
        return
      }
      const judge = (result: ValidationResult<Out>) => {
        if (result.issues) host.fail(mismatch(result.issues))
        else if ('value' in result) ({ value } = result)
        else throw new TypeError('It gave neither a value nor issues.')
      }
      const report = (thrown: unknown) => host.fail(unvalidated(thrown))
      try {
        const result = schema
          ? schema['~standard'].validate(json.value)
          : { value: json.value as Out }
        // Checked by shape: a promise may come from another realm or a library.
        if ('then' in result) return Promise.resolve(result).then(judge).catch(report)
        judge(result)
      } catch (thrown) {
        report(thrown)
      }
      return
    }

    return {
      receive(step) {
        step.events.forEach(note)
        host.deliver(step)
      },
      end: (content, error) => (error ? undefined : conclude(content())),
      fields(state) {
        read(sourceIn(state))
        return {
          object: isRunning(state) ? json.value : json.latest,
          value: state.status === 'complete' ? value : undefined,
        }
      },
    }
  }

  return { open }
}
