import type { FormatOutput } from '../format-output.ts'
import type { CompletionFormat } from '../vocabulary/format.ts'
import { imageItem } from '../vocabulary/image.ts'
import { finishReasonOf } from '../vocabulary/finish-reason.ts'
import {
  isRecord,
  numberOf,
  recordOf,
  recordsOf,
  stringOf,
  type JsonRecord,
} from '../../json/json-record.ts'
import { defineDialect } from './define-dialect.ts'
import { stoppedEarly } from '../../errors/truncated.ts'

/** Parts that are added to `output` as they are. Other unknown parts are ignored: newer servers send more. */
const kept = /^(data-|custom$|reasoning-file$)/

/**
 * The AI SDK's UI message stream, version 1
 * (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol): what `toUIMessageStreamResponse()` and
 * `createUIMessageStreamResponse()` send.
 *
 * - `text-*` → `text`; `reasoning-*` → `reasoning`; `source-url`, `source-document` and the citations of a
 *   text → `annotations`
 * - `tool-input-*` → `toolCalls`; tools that the provider runs itself, `tool-output-*`, `file`,
 *   `reasoning-file`, `custom` and `data-*` that is not transient → `output`; images among the files → `images`
 * - `start.messageId` → `responseId`; `finish.finishReason` → `finishReason`
 * - the protocol has no usage and no model: `usage` (or `totalUsage`) and `model` in the message
 *   metadata are read, if the server puts the AI SDK's values there
 * - `tool-approval-request` → `approvals`, unless the server answers it
 * - `reset-step` removes the output of the step
 * - `error` → an error; `abort` and the finish reason `interrupted` → a `truncated` error, because the answer
 *   is not complete
 *
 * The proper end is `[DONE]` or `finish`, unless a part is still open.
 */
export const aiSdkUi: CompletionFormat = /* @__PURE__ */ defineDialect({
  name: 'aiSdkUi',
  properEnd: 'finish or [DONE]',
  doneMarker: { type: 'finish' },
  textPaths: [['delta']],
  createRead() {
    // Each step may reuse the identifiers of parts, so they are only valid until the next start.
    const parts = new Map<string, string>()
    /** The parts that are open, and the calls with incomplete input. */
    const open = new Set<string>()
    const hosted = new Set<string>()
    /** The calls that need an approval, by the id of the request. */
    const asked = new Map<string, string>()
    let opened = 0
    let lastText: string | undefined
    let lastTextBeforeStep: string | undefined

    const openPart = (kind: string, id: string) => {
      const key = `${id} ${opened++}`
      parts.set(kind + id, key)
      return key
    }

    function readPart(type: string, json: JsonRecord, output: FormatOutput) {
      const id = stringOf(json['id']) ?? ''
      const [kind = ''] = type.split('-')
      if (type.endsWith('-start')) {
        openPart(kind, id)
        open.add(kind + id)
      }
      if (type.endsWith('-end')) {
        open.delete(kind + id)
        for (const citation of recordsOf(json['citations'])) {
          output.annotation(citationOfText(citation), parts.get(kind + id))
        }
      }
      const delta = stringOf(json['delta'])
      if (!delta || !type.endsWith('-delta')) return
      const key = parts.get(kind + id) ?? openPart(kind, id)
      if (kind === 'reasoning') {
        output.reasoning(delta, key)
      } else {
        lastText = key
        output.text(delta, key)
      }
    }

    function readCall(type: string, json: JsonRecord, output: FormatOutput) {
      const { toolName, input } = json
      const id = stringOf(json['toolCallId']) ?? ''
      const name = stringOf(toolName)
      if (type === 'tool-input-start') open.add(`call ${id}`)
      else if (type !== 'tool-input-delta') open.delete(`call ${id}`)
      if (json['providerExecuted'] === true) hosted.add(id)
      if (hosted.has(id)) {
        if (name === undefined) return
        const status = input === undefined ? 'in_progress' : 'completed'
        output.item(`call ${id}`, { type: 'provider_tool_call', id, name, input, status })
        return
      }
      const isText = json['inputEncoding'] === 'text'
      const piece = { id, name, arguments: stringOf(json['inputTextDelta']), isText }
      if (type === 'tool-input-error') {
        output.toolCall({ ...piece, input, status: 'failed' })
        // The server itself reports the invalid call to the model.
        readOutput(type, json, output)
      } else if (type !== 'tool-input-available') output.toolCall(piece)
      else output.toolCall({ ...piece, input: input ?? {}, status: 'completed' })
    }

    function readOutput(type: string, json: JsonRecord, output: FormatOutput) {
      const { output: value, errorText, preliminary } = json
      const id = stringOf(json['toolCallId']) ?? ''
      const failed = type !== 'tool-output-available'
      output.item(`output ${id}`, {
        type: hosted.has(id) ? 'provider_tool_output' : 'function_call_output',
        call_id: id,
        output: failed ? (errorText ?? 'denied') : value,
        status: failed ? 'failed' : preliminary === true ? 'in_progress' : 'completed',
      })
    }

    function readApproval(type: string, json: JsonRecord, output: FormatOutput) {
      const id = stringOf(json['approvalId']) ?? ''
      const reason = stringOf(json['reason'])
      if (type === 'tool-approval-response') {
        const value = { ...json, type: 'approval_response', approval_request_id: id }
        output.item(`response ${id}`, value)
        // A call that the server denied by itself gets no output.
        const denied = json['approved'] === false && asked.get(id)
        if (denied) readOutput('', { toolCallId: denied, errorText: reason }, output)
        return
      }
      const callId = stringOf(json['toolCallId'])
      if (callId !== undefined) asked.set(id, callId)
      if (json['isAutomatic'] !== true) {
        output.approval({ id, callId, message: reason, raw: json })
      }
    }

    return (json, output) => {
      const type = stringOf(json['type']) ?? ''
      readMetadata(json, output)
      switch (type) {
        case 'start-step':
          output.startStep()
          lastTextBeforeStep = lastText
          break
        case 'reset-step':
          output.resetStep()
          parts.clear()
          open.clear()
          lastText = lastTextBeforeStep
          break
        case 'text-start':
        case 'text-delta':
        case 'text-end':
        case 'reasoning-start':
        case 'reasoning-delta':
        case 'reasoning-end':
          readPart(type, json, output)
          break
        case 'tool-input-start':
        case 'tool-input-delta':
        case 'tool-input-available':
        case 'tool-input-error':
          readCall(type, json, output)
          break
        case 'tool-output-available':
        case 'tool-output-error':
        case 'tool-output-denied':
          readOutput(type, json, output)
          break
        case 'tool-approval-request':
        case 'tool-approval-response':
          readApproval(type, json, output)
          break
        case 'source-url':
        case 'source-document':
          output.annotation(citationOf(json), (lastText ??= openPart('text', '')))
          break
        case 'file':
          output.item(`file ${opened++}`, fileOf(json))
          break
        case 'finish': {
          const raw = stringOf(json['finishReason']) || undefined
          if (raw === 'error') output.fail('The provider ended the stream with an error.')
          // The AI SDK sends this if the provider's stream was cut.
          else if (raw === 'interrupted') output.fail(stoppedEarly())
          else if (open.size > 0) output.fail(stoppedEarly('a part of the answer is incomplete.'))
          else output.finish(raw, finishReasonOf(raw?.replace('-', '_') ?? ''))
          break
        }
        case 'abort':
          output.fail(stoppedEarly(stringOf(json['reason'])))
          break
        default:
          if (!kept.test(type) || json['transient'] === true) return
          output.item(`${type} ${stringOf(json['id']) ?? opened++}`, json)
      }
    }
  },
})

function readMetadata(json: JsonRecord, output: FormatOutput) {
  const { messageId, messageMetadata: metadata } = json
  const { model, totalUsage, usage = totalUsage } = isRecord(metadata) ? metadata : {}
  output.metadata({ responseId: stringOf(messageId), model: stringOf(model) })
  if (!isRecord(usage)) return
  // Version 7 nests fields that were flat in earlier versions.
  const { inputTokenDetails: input, outputTokenDetails: details } = usage
  const { cacheReadTokens, cacheWriteTokens } = isRecord(input) ? input : {}
  const { reasoningTokens } = isRecord(details) ? details : {}
  output.usage({
    inputTokens: numberOf(usage['inputTokens']),
    outputTokens: numberOf(usage['outputTokens']),
    totalTokens: numberOf(usage['totalTokens']),
    reasoningTokens: numberOf(reasoningTokens ?? usage['reasoningTokens']),
    cachedInputTokens: numberOf(cacheReadTokens ?? usage['cachedInputTokens']),
    cacheWriteTokens: numberOf(cacheWriteTokens),
    raw: usage,
  })
}

/** A source in the form of the Responses API's citations, with the fields of the wire. */
function citationOf({ type, ...source }: JsonRecord): JsonRecord {
  return { type: type === 'source-url' ? 'url_citation' : 'file_citation', ...source }
}

/** A citation at the end of a text, in the form of the Responses API. */
function citationOfText({ source, startIndex, endIndex, citedText }: JsonRecord): JsonRecord {
  const { sourceType, id, type: _, ...fields } = recordOf(source)
  return {
    ...citationOf({ ...fields, type: `source-${stringOf(sourceType)}`, sourceId: id }),
    ...(startIndex !== undefined && { start_index: startIndex }),
    ...(endIndex !== undefined && { end_index: endIndex }),
    ...(citedText !== undefined && { cited_text: citedText }),
  }
}

/** An image becomes an image of the output; other files are unchanged. */
function fileOf(json: JsonRecord): JsonRecord {
  const url = stringOf(json['url'])
  const isImage = url !== undefined && stringOf(json['mediaType'])?.startsWith('image/')
  return isImage ? imageItem(url) : json
}
