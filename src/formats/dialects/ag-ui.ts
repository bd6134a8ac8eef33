import type { FormatOutput } from '../format-output.ts'
import type { CompletionFormat } from '../vocabulary/format.ts'
import { arrayOf, isRecord, recordsOf, stringOf, type JsonRecord } from '../../json/json-record.ts'
import { defineDialect } from './define-dialect.ts'
import { sumOf } from './sum-of.ts'
import { stoppedEarly } from '../../errors/truncated.ts'

/**
 * The events of AG-UI, the agent–user interaction protocol (https://docs.ag-ui.com/concepts/events), as
 * server-sent events or as lines of JSON. TanStack AI's servers send it too.
 *
 * - `TEXT_MESSAGE_*` of the assistant → `text`; `REASONING_*`, and `THINKING_*` of older servers →
 *   `reasoning`; `TOOL_CALL_*` → `toolCalls`, and their results → `output`
 * - `RUN_STARTED.runId` → `responseId`; `RUN_FINISHED.usage` → `usage`, the sum of what it lists
 * - `RUN_FINISHED.outcome`, or the finish reason that TanStack AI adds → `finishReason`
 * - the outcome `interrupt` → `approvals`; the app's own tools, for which TanStack AI interrupts too, are
 *   `toolCalls` alone
 * - `RUN_ERROR` → an error; the outcome `cancelled` → a `truncated` error
 * - the output of subagents, states, snapshots, activities and custom events are available in `onEvent` only
 *
 * The proper end is `RUN_FINISHED`, unless the server continues with the results of its tools.
 */
export const agUi: CompletionFormat = /* @__PURE__ */ defineDialect({
  name: 'agUi',
  properEnd: 'RUN_FINISHED',
  textPaths: [['delta']],
  createRead() {
    /** Messages that are not the model's own. */
    const others = new Set<string>()
    let message = ''
    let reasoning = ''
    let call = ''
    let thoughts = 0
    const usage: unknown[] = []

    function readText(json: JsonRecord, output: FormatOutput) {
      const { role, delta } = json
      message = stringOf(json['messageId']) ?? message
      if (typeof role === 'string' && role !== 'assistant') others.add(message)
      if (!others.has(message)) output.text(stringOf(delta) ?? '', message)
    }

    function readReasoning(json: JsonRecord, output: FormatOutput) {
      reasoning = stringOf(json['messageId']) ?? reasoning
      output.reasoning(stringOf(json['delta']) ?? '', reasoning)
    }

    function readCall(json: JsonRecord, output: FormatOutput) {
      const { type, toolCallName, delta, input } = json
      call = stringOf(json['toolCallId']) ?? call
      const ended = type === 'TOOL_CALL_END'
      output.toolCall({
        id: call,
        name: stringOf(toolCallName),
        arguments: stringOf(delta),
        ...(ended && { input, status: 'completed' }),
      })
    }

    function readUsage(json: JsonRecord, output: FormatOutput) {
      const counts = arrayOf(json['usage']).filter(isRecord).map(inCamelCase)
      if (counts.length === 0) return
      for (const count of counts) {
        usage.push(count)
        output.metadata({ model: stringOf(count['model']) })
      }
      const sum = (name: string) =>
        sumOf(...usage.map((count) => (isRecord(count) ? count[name] : undefined)))
      output.usage({
        inputTokens: sum('inputTokens'),
        outputTokens: sum('outputTokens'),
        totalTokens: sum('totalTokens'),
        reasoningTokens: sum('reasoningTokens'),
        cachedInputTokens: sum('cachedInputTokens'),
        raw: [...usage],
      })
    }

    function readInterrupt(interrupt: JsonRecord, output: FormatOutput) {
      const { id, reason, message, toolCallId, metadata } = interrupt
      // TanStack AI interrupts in this way for the tools of the app, whose calls are in the stream.
      if (reason === 'tanstack:client_tool_execution') return
      const { toolName, input } = isRecord(metadata) ? metadata : {}
      output.approval({
        id: stringOf(id) ?? '',
        callId: stringOf(toolCallId),
        name: stringOf(toolName),
        input,
        message: stringOf(message),
        raw: interrupt,
      })
    }

    function readEnd(json: JsonRecord, output: FormatOutput) {
      const { outcome: value, interrupt } = json
      // Drafts of the protocol have the outcome as text, and a single interrupt beside it.
      const outcome = isRecord(value)
        ? value
        : { type: value ?? (interrupt && 'interrupt'), interrupts: [interrupt] }
      const type = stringOf(outcome['type'])
      const raw = stringOf(tanstackOf(json)['finishReason']) ?? type
      if (type === 'cancelled') output.fail(stoppedEarly())
      else if (type === 'interrupt') {
        const interrupts = recordsOf(outcome['interrupts']).map(inCamelCase)
        for (const interrupt of interrupts) readInterrupt(interrupt, output)
        // Depends on what the server waits for: a call of the app, or the user.
        output.end(type, interrupts.length > 0 ? 'tool-calls' : undefined)
      }
      // The server may still run the tools and continue with their results.
      else if (raw === 'tool_calls') output.finish(raw)
      else output.end(raw, raw === 'success' ? 'stop' : undefined)
    }

    return (json, output) => {
      // TanStack AI wraps each line of a resumable stream together with its offset.
      const event = inCamelCase(isRecord(json['chunk']) ? json['chunk'] : json)
      const type = stringOf(event['type']) ?? ''
      if (typeof event['subagentRunId'] === 'string') return
      if (contents.test(type)) output.reopen()
      output.metadata({ model: stringOf(tanstackOf(event)['model']) })
      switch (type) {
        case 'RUN_STARTED':
          output.metadata({ responseId: stringOf(event['runId']) })
          break
        case 'TEXT_MESSAGE_START':
        case 'TEXT_MESSAGE_CONTENT':
        case 'TEXT_MESSAGE_CHUNK':
          readText(event, output)
          break
        case 'THINKING_TEXT_MESSAGE_START':
          reasoning = `thinking ${thoughts++}`
          break
        case 'THINKING_TEXT_MESSAGE_CONTENT':
        case 'REASONING_MESSAGE_CONTENT':
        case 'REASONING_MESSAGE_CHUNK':
          readReasoning(event, output)
          break
        case 'TOOL_CALL_START':
        case 'TOOL_CALL_ARGS':
        case 'TOOL_CALL_CHUNK':
        case 'TOOL_CALL_END':
          readCall(event, output)
          break
        case 'TOOL_CALL_RESULT': {
          const id = stringOf(event['toolCallId']) ?? ''
          output.item(`output ${id}`, {
            type: 'function_call_output',
            call_id: id,
            output: event['content'],
            status: 'completed',
          })
          break
        }
        case 'RUN_FINISHED':
          readUsage(event, output)
          readEnd(event, output)
          break
        case 'RUN_ERROR':
          readUsage(event, output)
          output.fail({ ...event, type: undefined })
      }
    }
  },
})

/** Events that show that the run has not ended yet. */
const contents = /^(RUN_STARTED|(TEXT_MESSAGE|TOOL_CALL|REASONING|THINKING)_)/

/** Maps the field names of Python servers to those of the protocol. */
function inCamelCase(json: JsonRecord): JsonRecord {
  const names = Object.keys(json)
  if (!names.some((name) => name.includes('_'))) return json
  return Object.fromEntries(
    names.map((name) => [
      name.replace(/(?!^)_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      json[name],
    ]),
  )
}

/** What TanStack AI adds to the protocol. */
function tanstackOf({ metadata }: JsonRecord): JsonRecord {
  const said = isRecord(metadata) ? metadata['tanstack'] : undefined
  return isRecord(said) ? said : {}
}
