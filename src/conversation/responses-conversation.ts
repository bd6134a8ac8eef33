import type { HostedItem, OutputItem } from '../completion/output-item.ts'
import type { JsonRecord } from '../json/json-record.ts'
import type { DescribedTool } from '../tools/tool-set.ts'
import { outputText, type ToolResult } from '../tools/tool-result.ts'
import { messageText, sendable, type ConversationRequest } from './request.ts'
import type { AssistantTurn, Turn } from './turn.ts'
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
 * `previous_response_id`. The provider must store the responses (`store: true`, the default of OpenAI). If the
 * provider has rejected that response, because it has expired or was deleted, the next request has the text and
 * the answered calls of the whole conversation.
 */
export function storedResponsesConversation(
  request: ConversationRequest<UserInput>,
): ResponsesRequest {
  const { turns, replaced } = request
  const last = turns.findLastIndex(
    (turn) => turn.role === 'assistant' && turn.responseId !== undefined && sendable(turn).isWhole,
  )
  const stored = turns[last]
  if (stored?.role !== 'assistant') return responsesConversation(request)
  if ([...turns.slice(last), replaced].some(isOfLostResponse)) {
    // The reasoning is lost with the response: the provider no longer knows its identifiers.
    const input = turns.flatMap((turn) => itemsOf(turn.role === 'user' ? turn : incomplete(turn)))
    return requestOf(request, input)
  }
  const outputs = sendable(stored).items.flatMap(({ item, result }) => outputOf(item, result))
  const input = [...outputs, ...turns.slice(last + 1).flatMap(itemsOf)]
  return { ...requestOf(request, input), previous_response_id: stored.responseId as string }
}

function isOfLostResponse(turn: Turn | undefined): boolean {
  const { code, param } = (turn?.role === 'assistant' && turn.error) || {}
  return /^previous_response/.test(param ?? code ?? '')
}

/** Of an incomplete answer, only the items that do not depend on the provider's storage are sent. */
function incomplete(turn: AssistantTurn): AssistantTurn {
  return { ...turn, finishReason: 'length' }
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
export function responsesTool({ definition, ...tool }: DescribedTool): JsonRecord {
  return definition ?? { type: 'function', ...tool }
}

/** The result of a call, as an item of the Responses API. */
export function responsesOutput(result: ToolResult): JsonRecord {
  const { id, type, status, output } = result
  const isDone = status === 'complete'
  const text = outputText(result)
  const answer = { type: `${type}_output`, call_id: id }
  switch (type) {
    case 'approval':
      return {
        type: 'mcp_approval_response',
        approval_request_id: id,
        approve: isDone,
        ...(!isDone && { reason: text }),
      }
    case 'function':
      return { ...answer, type: 'function_call_output', output: text }
    case 'custom':
      return { ...answer, type: 'custom_tool_call_output', output: text }
    // The others are tools that the provider defines and the app runs.
    case 'apply_patch_call':
      return { ...answer, status: isDone ? 'completed' : 'failed', output: text }
    case 'local_shell_call':
      return { type: answer.type, id, output: text }
    case 'shell_call': {
      const failure = [{ stdout: '', stderr: text, outcome: { type: 'exit', exit_code: 1 } }]
      return { ...answer, output: isDone && Array.isArray(output) ? output : failure }
    }
    case 'tool_search_call':
      return {
        ...answer,
        type: 'tool_search_output',
        execution: 'client',
        tools: isDone ? output : [],
      }
    default:
      return { ...answer, output }
  }
}

function itemsOf(turn: Turn<UserInput>): readonly object[] {
  if (turn.role === 'user') return [{ role: 'user', content: contentOf(turn.input) }]
  const { isWhole, items } = sendable(turn)
  // Each output follows its call directly.
  return items.flatMap(({ item, result }) => [
    ...itemOf(item, isWhole, result),
    ...outputOf(item, result),
  ])
}

/** An item of an answer, in the form that `input` accepts. */
function itemOf(item: OutputItem, isWhole: boolean, result: ToolResult | undefined): object[] {
  if (item.type === 'message' && !(isWhole && item.id)) {
    const content = messageText(item)
    return content ? [{ role: 'assistant', content, phase: item.phase }] : []
  }
  // Reasoning from other formats has no id, and the API rejects reasoning without one.
  if (item.type === 'reasoning' && !item.id) return []
  const { id, ...call } = item as { id?: unknown }
  const isApproval = result?.type === 'approval'
  return [
    {
      ...call,
      // With its id, the API would require the reasoning that came before the call.
      id: isWhole || isApproval ? id : undefined,
      ...(result && !isApproval && { call_id: result.id }),
    },
  ]
}

function outputOf(item: OutputItem, result: ToolResult | undefined): object[] {
  if (!result) return []
  const { caller, pending_safety_checks: checks } = item as HostedItem
  const acknowledged = result.status === 'complete' ? checks : undefined
  return [{ ...responsesOutput(result), caller, acknowledged_safety_checks: acknowledged }]
}

function contentOf(input: UserInput): string | object[] {
  if (typeof input === 'string') return input
  const { text, files = [], parts = [] } = input
  return [...(text ? [{ type: 'input_text', text }] : []), ...files.map(fileOf), ...parts]
}

function fileOf({ url, type, name }: Attachment): object {
  if (type?.startsWith('image/')) return { type: 'input_image', image_url: url, detail: 'auto' }
  const place = url.startsWith('data:') ? 'file_data' : 'file_url'
  return { type: 'input_file', filename: name || undefined, [place]: url }
}
