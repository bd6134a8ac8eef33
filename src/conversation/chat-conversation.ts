import type { FunctionCallItem } from '../completion/output-item.ts'
import type { JsonRecord } from '../json/json-record.ts'
import type { DescribedTool } from '../tools/tool-set.ts'
import { outputText, type ToolResult } from '../tools/tool-result.ts'
import { sendable, type AnsweredItem, type ConversationRequest } from './request.ts'
import type { Turn } from './turn.ts'
import type { Attachment, UserInput } from './user-input.ts'

/** The body of a request to Chat Completions, without what the app adds, such as the model. */
export interface ChatRequest {
  readonly messages: readonly object[]
  readonly tools?: readonly object[]
  readonly stream: true
}

/**
 * Sends the whole conversation to a Chat Completions API as `messages`. The instructions are the first one.
 * Of an incomplete answer, the visible text and the calls that have outputs are sent.
 *
 * @example
 * useConversation({ url: '/api/chat', api: chatConversation })
 */
export function chatConversation({
  turns,
  instructions,
  tools,
}: ConversationRequest<UserInput>): ChatRequest {
  const system = instructions === undefined ? [] : [{ role: 'system', content: instructions }]
  return {
    messages: [...system, ...turns.flatMap(messagesOf)],
    ...(tools.length > 0 && { tools: tools.map(chatTool) }),
    stream: true,
  }
}

/** A tool as Chat Completions lists it. */
export function chatTool({ definition, ...tool }: DescribedTool): JsonRecord {
  return definition ?? { type: 'function', function: tool }
}

/** The result of a call, as a message of Chat Completions. */
export function chatOutput(result: ToolResult): JsonRecord {
  return { role: 'tool', tool_call_id: result.id, content: outputText(result) }
}

function messagesOf(turn: Turn<UserInput>): readonly object[] {
  if (turn.role === 'user') return [{ role: 'user', content: contentOf(turn.input) }]
  const calls = sendable(turn).items.filter(
    ({ item, result }) => result && /^(function|custom)_(tool_)?call$/.test(item.type),
  )
  const { text, refusal } = turn
  if (!text && !refusal && calls.length === 0) return []
  return [
    {
      role: 'assistant',
      content: text || null,
      ...(refusal && { refusal }),
      ...(calls.length > 0 && { tool_calls: calls.map(callOf) }),
    },
    ...calls.map(({ result }) => chatOutput(result as ToolResult)),
  ]
}

function callOf({ item, result }: AnsweredItem): object {
  const { id, name } = result as ToolResult
  if (item.type === 'custom_tool_call')
    return { id, type: 'custom', custom: { name, input: item.input } }
  const { arguments: text, extra_content } = item as FunctionCallItem & { extra_content?: unknown }
  return { id, type: 'function', function: { name, arguments: text }, extra_content }
}

function contentOf(input: UserInput): string | object[] {
  if (typeof input === 'string') return input
  const { text, files = [], parts = [] } = input
  return [...(text ? [{ type: 'text', text }] : []), ...files.map(fileOf), ...parts]
}

function fileOf({ url, type, name }: Attachment): object {
  return type?.startsWith('image/')
    ? { type: 'image_url', image_url: { url } }
    : { type: 'file', file: { filename: name || undefined, file_data: url } }
}
