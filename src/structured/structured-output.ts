import type { GateHost, GateSession, ModerationGate, Step } from '../client/event-stage.ts'
import type { CompletionEvent } from '../formats/completion-event.ts'
import { createFencedJsonReader } from './fenced-json.ts'
import type { StandardSchema, ValidationResult } from './standard-schema.ts'
import { mismatch, noJson, unvalidated } from './validation-error.ts'

/** Where the JSON is, and what it must be. */
export interface StructuredOutputOptions<In, Out> {
  /**
   * What the JSON must match: a schema of Zod, Valibot, ArkType, or any other library that follows
   * Standard Schema. It may be async. Without one any JSON will do.
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
 * Stands behind the gate of the app, if it has one: reads what is let through, adds `object` to the
 * state, and lets the run end as `complete` only with a valid `value`.
 */
export function structuredOutput<In, Out>(
  { schema, from }: StructuredOutputOptions<In, Out>,
  gate: ModerationGate | undefined,
): ModerationGate {
  // Whoever set it will be told what it should be.
  if (gate && typeof gate.open !== 'function') return gate
  const tool = typeof from === 'object' ? from.tool : undefined
  const channel = tool === undefined ? 'output_text' : 'function_call_arguments'

  function open(host: GateHost): GateSession {
    let json = createFencedJsonReader()
    /** All that `json` has read. */
    let source = ''
    /** What has grown since, as long as one string alone grows: reading it costs what it is long. */
    let grown = ''
    let place: string | undefined
    let isAppended = true
    let isReplaced = false
    let value: Out | undefined

    function note(event: CompletionEvent) {
      if (event.type === 'delta') {
        if (event.channel !== channel) return
        const current = [event.choice, event.item, event.part].join()
        isAppended &&= (place ??= current) === current
        grown += event.delta
      } else if (
        event.type === 'done' ||
        event.type.startsWith('item-') ||
        event.type === 'output-done'
      ) {
        isReplaced = true
      }
    }

    function read(text: string) {
      if (isAppended && !isReplaced && source.length + grown.length === text.length)
        json.push(grown)
      else {
        if (!text.startsWith(source)) {
          json = createFencedJsonReader()
          source = ''
        }
        json.push(text.slice(source.length))
      }
      source = text
      grown = ''
      isReplaced = false
    }

    /** Settles the run as failed unless there is JSON, and it matches the schema. */
    function conclude(): Promise<void> | undefined {
      const { finishReason } = host.state()
      json.end()
      if (json.state !== 'complete') {
        host.fail(noJson(json, source, tool, finishReason))
        return
      }
      if (!schema) {
        value = json.value as Out
        return
      }
      const judge = (result: ValidationResult<Out>) => {
        if (result.issues) host.fail(mismatch(result.issues))
        else value = result.value
      }
      const report = (thrown: unknown) => host.fail(unvalidated(thrown))
      try {
        const result = schema['~standard'].validate(json.value)
        if (result instanceof Promise) return result.then(judge).catch(report)
        judge(result)
      } catch (thrown) {
        report(thrown)
      }
      return
    }

    const session: GateSession | undefined = gate?.open({
      ...host,
      deliver,
    })

    function deliver(event: Step['event'] | undefined, meanings: Step['meanings']) {
      if (host.signal.aborted) return
      for (const meaning of meanings) note(meaning)
      host.deliver(event, meanings)
    }

    return {
      receive(step) {
        if (session) session.receive(step)
        else deliver(step.event, step.meanings)
      },
      end(error) {
        const cleared = session?.end(error)
        if (error) return cleared
        return cleared
          ? cleared.then(() => (host.signal.aborted ? undefined : conclude()))
          : conclude()
      },
      fields(state) {
        read(
          tool === undefined
            ? state.text
            : (state.toolCalls.find(({ name }) => name === tool)?.arguments ?? ''),
        )
        return { object: json.value, value: state.status === 'complete' ? value : undefined }
      },
    }
  }

  return { open }
}
