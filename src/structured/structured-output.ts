import type { GateHost, GateSession, ModerationGate, Step } from '../run/extensions.ts'
import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import { createFencedJsonReader } from './fenced-json.ts'
import type { StandardSchema, ValidationResult } from './standard-schema.ts'
import { mismatch, noJson, unvalidated } from '../errors/validation.ts'

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
  const { tool } = Object(from) as { tool?: string }
  const channel = tool === undefined ? 'output_text' : 'function_call_arguments'

  function open(host: GateHost): GateSession {
    let json = createFencedJsonReader()
    /** All that `json` has read. */
    let source = ''
    /** What the text has grown by since, if it `isOne`: reading it costs what it is long. */
    let grown = ''
    /** Whether the text is one string so far, which only grows. */
    let isOne = true
    let place: string | undefined
    let value: Out | undefined
    const session = gate?.open({ ...host, deliver })

    function note(event: CompletionEvent) {
      // The state shows the first choice.
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

    function deliver(event: Step['event'] | undefined, meanings: Step['meanings']) {
      meanings.forEach(note)
      host.deliver(event, meanings)
    }

    /** Settles the run as failed unless there is JSON, and it matches the schema. */
    function conclude(): Promise<void> | undefined {
      // Reads what no state has shown yet.
      const { finishReason } = host.state()
      json.end()
      if (json.state !== 'complete') {
        host.fail(noJson(source, json.invalidAt, tool, finishReason))
        return
      }
      const judge = (result: ValidationResult<Out>) => {
        if (result.issues) host.fail(mismatch(result.issues))
        else value = result.value
      }
      const report = (thrown: unknown) => host.fail(unvalidated(thrown))
      try {
        const result = schema
          ? schema['~standard'].validate(json.value)
          : { value: json.value as Out }
        if (result instanceof Promise) return result.then(judge).catch(report)
        judge(result)
      } catch (thrown) {
        report(thrown)
      }
      return
    }

    return {
      receive(step) {
        if (session) session.receive(step)
        else deliver(step.event, step.meanings)
      },
      end(error) {
        const cleared = session?.end(error)
        if (error) return cleared
        return cleared ? cleared.then(conclude) : conclude()
      },
      fields(state) {
        read(
          tool === undefined
            ? state.text
            : (state.toolCalls.find(({ name }) => name === tool)?.arguments ?? ''),
        )
        const { status } = state
        const isRunning = status === 'connecting' || status === 'streaming'
        return {
          object: isRunning ? json.value : json.latest,
          value: status === 'complete' ? value : undefined,
        }
      },
    }
  }

  return { open }
}
