import type { ApprovalRequest, FormatOutput } from '../format-output.ts'
import type { CompletionFormat } from '../vocabulary/format.ts'
import { isRecord, recordsOf, stringOf, type JsonRecord } from '../../json/json-record.ts'
import { defineDialect } from './define-dialect.ts'
import { sumOf } from './sum-of.ts'
import { inCamelCase } from './camel-case.ts'
import { customRequestOf, requestOf } from './ag-ui-interrupts.ts'
import { readSnapshot, toolOutput } from './ag-ui-snapshot.ts'
import { stoppedEarly } from '../../errors/truncated.ts'

/**
 * The events of AG-UI, the agent–user interaction protocol (https://docs.ag-ui.com/concepts/events), as
 * server-sent events or as lines of JSON. TanStack AI's servers send it too.
 *
 * - `TEXT_MESSAGE_*` of the assistant → `text`; `REASONING_*`, and `THINKING_*` of older servers →
 *   `reasoning`; `TOOL_CALL_*` → `toolCalls`, and their results → `output`; a call after which the
 *   model wrote another message counts as answered, with or without a result
 * - `RUN_STARTED.runId` → `responseId`; `RUN_FINISHED.usage` → `usage`, the sum of what it lists
 * - `RUN_FINISHED.outcome`, or the finish reason that TanStack AI adds → `finishReason`
 * - the outcome `interrupt`, and the custom events `on_interrupt` and `approval-requested` → `approvals`; the
 *   app's own tools, for which TanStack AI interrupts too, are `toolCalls` alone
 * - `MESSAGES_SNAPSHOT` → the messages at its end that were not streamed
 * - `RUN_ERROR` → an error; the outcome `cancelled` → a `truncated` error
 * - the output of subagents, states, activities and other custom events are available in `onEvent` only
 *
 * The proper end is `RUN_FINISHED`, unless the server continues with the results of its tools. A run whose
 * start contains its `input` is one that a server has stored: the runs before it in the same stream are
 * removed, and the end of the last one is the end of the body.
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
    let usage: JsonRecord[] = []
    /** The ids of the messages and calls that were streamed. */
    const streamed = new Set<string>()
    /** The calls without a result, and the messages that they belong to. */
    const open = new Map<string, unknown>()
    /** Those of them after which the model wrote another message. */
    const passed = new Set<string>()
    let snapshot: readonly JsonRecord[] = []
    /** The requests of custom events to the user. */
    let asked: ApprovalRequest[] = []
    /** The id of the last run, if the stream is one that a server has stored. */
    let stored: unknown

    function readText(json: JsonRecord, output: FormatOutput) {
      const { role, delta } = json
      message = stringOf(json['messageId']) ?? message
      if (typeof role === 'string' && role !== 'assistant') others.add(message)
      if (others.has(message)) return
      for (const [id, parent] of streamed.has(message) ? [] : open) {
        if (parent !== message) passed.add(id)
      }
      streamed.add(message)
      output.text(stringOf(delta) ?? '', message)
    }

    function readReasoning(json: JsonRecord, output: FormatOutput) {
      reasoning = stringOf(json['messageId']) ?? reasoning
      output.reasoning(stringOf(json['delta']) ?? '', reasoning)
    }

    function readCall(json: JsonRecord, output: FormatOutput) {
      const { type, toolCallName, delta, input } = json
      call = stringOf(json['toolCallId']) ?? call
      streamed.add(call)
      open.set(call, json['parentMessageId'] ?? open.get(call))
      const ended = type === 'TOOL_CALL_END'
      output.toolCall({
        id: call,
        name: stringOf(toolCallName),
        arguments: stringOf(delta),
        ...(ended && { input, status: 'completed' }),
      })
    }

    function readUsage(json: JsonRecord, output: FormatOutput) {
      const { usage: listed } = json
      // Older servers of TanStack AI send one object, with other names.
      const counts = recordsOf(isRecord(listed) ? [listed] : listed).map(inCamelCase)
      if (counts.length === 0) return
      usage.push(...counts)
      for (const { model } of counts) output.metadata({ model: stringOf(model) })
      const sum = (name: string) => sumOf(...usage.map((count) => count[name]))
      output.usage({
        inputTokens: sum('inputTokens') ?? sum('promptTokens'),
        outputTokens: sum('outputTokens') ?? sum('completionTokens'),
        totalTokens: sum('totalTokens'),
        reasoningTokens: sum('reasoningTokens'),
        cachedInputTokens: sum('cachedInputTokens'),
        cacheWriteTokens: sum('cacheWriteInputTokens'),
        raw: [...usage],
      })
    }

    function readStart(json: JsonRecord, output: FormatOutput) {
      const { runId, input } = json
      output.metadata({ responseId: stringOf(runId) })
      if (!isRecord(input)) return
      if (stored !== undefined && stored !== runId) {
        output.resetStep()
        usage = []
        streamed.clear()
        open.clear()
        passed.clear()
        snapshot = []
        asked = []
      }
      stored = runId
    }

    function readInterrupt(interrupt: JsonRecord, output: FormatOutput) {
      // TanStack AI interrupts in this way for the tools of the app, whose calls are in the stream.
      if (interrupt['reason'] === 'tanstack:client_tool_execution') return
      output.approval(requestOf(interrupt))
    }

    function readEnd(json: JsonRecord, output: FormatOutput) {
      const { outcome: value, interrupt, finishReason } = json
      // Drafts of the protocol have the outcome as text, and a single interrupt beside it.
      const outcome = isRecord(value)
        ? value
        : { type: value ?? (interrupt && 'interrupt'), interrupts: [interrupt] }
      const interrupts = recordsOf(outcome['interrupts']).map(inCamelCase)
      const type = stringOf(outcome['type']) ?? (asked[0] && 'interrupt')
      const raw = stringOf(tanstackOf(json)['finishReason'] ?? finishReason) ?? type
      readSnapshot(snapshot, streamed, output)
      // The outcome repeats the requests of the events, possibly with other ids.
      if (!interrupts[0]) for (const request of asked) output.approval(request)
      else if (type === 'interrupt') for (const each of interrupts) readInterrupt(each, output)
      // Some servers send no result of a tool that failed. The model has had one if it continued.
      for (const id of type === 'interrupt' || raw?.startsWith('tool') ? [] : passed) {
        output.item(`output ${id}`, { ...toolOutput(id, ''), status: 'incomplete' })
      }
      if (type === 'cancelled') output.fail(stoppedEarly())
      // The requests of a stored run may have been answered in the next one.
      else if (stored !== undefined) output.finish(stringOf(finishReason))
      else if (type === 'interrupt') {
        // Depends on what the server waits for: a call of the app, or the user.
        output.end(type, interrupts[0] || asked[0] ? 'tool-calls' : undefined)
      }
      // The server may still run the tools and continue with their results.
      else if (raw === 'tool_calls') output.finish(raw)
      else output.end(raw, raw === 'success' ? 'stop' : undefined)
    }

    return (json, output) => {
      // TanStack AI wraps each line of a resumable stream together with its offset.
      const event = inCamelCase(isRecord(json['chunk']) ? json['chunk'] : json)
      const type = stringOf(event['type']) ?? ''
      if (typeof event['subagentRunId'] === 'string') {
        // Including an error, which is not that of the run.
        output.ignore()
        return
      }
      if (contents.test(type)) output.reopen()
      output.metadata({ model: stringOf(tanstackOf(event)['model']) })
      switch (type) {
        case 'RUN_STARTED':
          readStart(event, output)
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
          streamed.add(id)
          open.delete(id)
          passed.delete(id)
          output.item(`output ${id}`, toolOutput(id, event['content']))
          break
        }
        case 'MESSAGES_SNAPSHOT':
          snapshot = recordsOf(event['messages'])
          break
        case 'CUSTOM': {
          const request = customRequestOf(event, asked.length)
          if (!request) break
          asked.push(request)
          // TanStack AI asks after the end of the model's part of the run.
          if (event['name'] === 'approval-requested') output.approval(request)
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

/** What TanStack AI adds to the protocol. */
function tanstackOf({ metadata }: JsonRecord): JsonRecord {
  const said = isRecord(metadata) ? metadata['tanstack'] : undefined
  return isRecord(said) ? said : {}
}
