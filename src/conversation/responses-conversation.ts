import type { HostedItem, OutputItem } from '../completion/output-item.ts'
import type { JsonRecord } from '../json/json-record.ts'
import type { DescribedTool } from '../tools/describe-tools.ts'
import { outputText, type ToolResult } from '../tools/tool-result.ts'
import { messageText, sendable, type ConversationRequest } from './request.ts'
import type { Turn } from './turn.ts'
import type { Attachment, UserInput } from './user-input.ts'

/** The body of a request to the Responses API, without what the app adds, such as the model. */
export interface ResponsesRequest {
  readonly instructions?: string
  readonly previous_response_id?: string
  readonly input: readonly object[]
  readonly tools?: readonly object[]
  readonly stream: true
}

/**
 * Sends the whole conversation to the Responses API as `input` items. It works with `store: false` and with
 * any server that has the API. A complete answer is sent unchanged, including its reasoning. Of an incomplete
 * answer, the visible text and the calls that have outputs are sent.
 *
 * @example
 * useConversation({ url: '/api/responses', api: responsesConversation })
 */
export function responsesConversation(request: ConversationRequest<UserInput>): ResponsesRequest {
  return requestOf(request, request.turns.flatMap(itemsOf))
}

/**
 * Sends only the turns since the last complete answer to the Responses API, with its
 * `previous_response_id`. The provider must store the responses (`store: true`, the default of OpenAI).
 */
export function storedResponsesConversation(
  request: ConversationRequest<UserInput>,
): ResponsesRequest {
  const { turns } = request
  const last = turns.findLastIndex(
    (turn) => turn.role === 'assistant' && turn.responseId !== undefined && sendable(turn).isWhole,
  )
  const stored = turns[last]
  if (stored?.role !== 'assistant') return responsesConversation(request)
  const outputs = sendable(stored).items.flatMap(({ item, result }) => outputOf(item, result))
  const input = [...outputs, ...turns.slice(last + 1).flatMap(itemsOf)]
  return { ...requestOf(request, input), previous_response_id: stored.responseId as string }
}

function requestOf(
  { instructions, tools }: ConversationRequest<UserInput>,
  input: readonly object[],
): ResponsesRequest {
  return {
    ...(instructions !== undefined && { instructions }),
    input,
    ...(tools.length > 0 && { tools: tools.map(responsesTool) }),
    stream: true,
  }
}

/** A tool as the Responses API lists it. */
export function responsesTool({
  name,
  description,
  parameters,
  strict,
  definition,
}: DescribedTool): JsonRecord {
  if (definition) return definition
  return { type: 'function', name, ...(description && { description }), parameters, strict }
}

/** The result of a call, as an item of the Responses API. */
export function responsesOutput(result: ToolResult): JsonRecord {
  const { id, type, status, output } = result
  const text = outputText(result)
  switch (type) {
    case 'approval':
      return {
        type: 'mcp_approval_response',
        approval_request_id: id,
        approve: status === 'complete',
      }
    case 'function':
    case 'custom':
      return {
        type: type === 'custom' ? 'custom_tool_call_output' : 'function_call_output',
        call_id: id,
        output: text,
      }
    default:
      return hostedOutput(type, id, status === 'complete', output, text)
  }
}

/** The output of a tool that the provider defines and the app runs. */
function hostedOutput(
  called: string,
  call_id: string,
  isDone: boolean,
  output: unknown,
  text: string,
): JsonRecord {
  const type = `${called}_output`
  switch (called) {
    case 'apply_patch_call':
      return { type, call_id, status: isDone ? 'completed' : 'failed', output: text }
    case 'local_shell_call':
      return { type, id: call_id, output: text }
    case 'tool_search_call': {
      const tools = isDone ? output : []
      return { type: 'tool_search_output', call_id, execution: 'client', tools }
    }
    case 'shell_call': {
      const outcome = { type: 'exit', exit_code: 1 }
      return {
        type,
        call_id,
        output: isDone && Array.isArray(output) ? output : [{ stdout: '', stderr: text, outcome }],
      }
    }
    default:
      return { type, call_id, output }
  }
}

function itemsOf(turn: Turn<UserInput>): readonly object[] {
  if (turn.role === 'user') return [{ role: 'user', content: contentOf(turn.input) }]
  const { isWhole, items } = sendable(turn)
  // Each output right after its call, whatever stands between the calls.
  return items.flatMap(({ item, result }) => [
    ...itemOf(item, isWhole, result),
    ...outputOf(item, result),
  ])
}

/** An item of an answer as the input takes it. */
function itemOf(item: OutputItem, isWhole: boolean, result: ToolResult | undefined): object[] {
  if (item.type === 'message' && !(isWhole && item.id)) {
    const content = messageText(item)
    return content ? [{ role: 'assistant', content, ...phaseOf(item) }] : []
  }
  // Reasoning of other formats has no id, without which the API takes none.
  if (item.type === 'reasoning' && !item.id) return []
  // With its id, the API would ask for the reasoning that came before the call.
  const { id, ...call } = item as { id?: unknown }
  const hasId = isWhole || result?.type === 'approval'
  return [
    {
      ...call,
      ...(hasId && id !== undefined && { id }),
      ...(isCall(result) && { call_id: result.id }),
    },
  ]
}

function phaseOf(item: OutputItem): object {
  const { phase } = item as { phase?: unknown }
  return phase ? { phase } : {}
}

function isCall(result: ToolResult | undefined): result is ToolResult {
  return result !== undefined && result.type !== 'approval'
}

function outputOf(item: OutputItem, result: ToolResult | undefined): object[] {
  if (!result) return []
  const { caller, pending_safety_checks: checks } = item as HostedItem
  return [
    {
      ...responsesOutput(result),
      ...(caller !== undefined && { caller }),
      ...(checks !== undefined &&
        result.status === 'complete' && { acknowledged_safety_checks: checks }),
    },
  ]
}

function contentOf(input: UserInput): string | object[] {
  if (typeof input === 'string') return input
  const { text, files = [], parts = [] } = input
  return [...(text ? [{ type: 'input_text', text }] : []), ...files.map(fileOf), ...parts]
}

function fileOf({ url, type, name }: Attachment): object {
  if (type?.startsWith('image/')) return { type: 'input_image', image_url: url, detail: 'auto' }
  return {
    type: 'input_file',
    ...(name && { filename: name }),
    ...(url.startsWith('data:') ? { file_data: url } : { file_url: url }),
  }
}
