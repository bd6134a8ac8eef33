import type { ChatCompletion } from 'openai/resources/chat/completions'
import type { Response as ResponseObject } from 'openai/resources/responses/responses'
import type { ToolCall } from '../../../src/completion/output-item.ts'
import type { ChoiceContent, SettledState } from '../../../src/completion/state.ts'

/** The fields that must be equal on both sides. */
export interface Comparable {
  text: string
  refusal: string
  toolCalls: { id: string | undefined; name: string; arguments: string }[]
  /** The calls of a shell that wait for the app. */
  shells?: string[]
}

type Json = Record<string, unknown>

const listOf = (value: unknown) => (Array.isArray(value) ? value : []) as Json[]
const joined = (parts: Json[], type: string, field: string) =>
  parts
    .filter((part) => part['type'] === type)
    .map((part) => part[field] as string)
    .join('')

/** An item without the fields that only one side has: the status and log probabilities. */
export function comparableItem(value: unknown): Json {
  const item = value as Json
  const partOf = ({ type, text, refusal, annotations }: Json) => ({
    type,
    text,
    refusal,
    annotations: annotations ?? [],
  })
  const { type, id, call_id, name, arguments: text, input, code } = item
  return {
    type,
    id,
    call_id,
    name,
    text,
    input,
    code: code ?? '',
    content: type === 'message' || type === 'reasoning' ? listOf(item['content']).map(partOf) : [],
    summary: type === 'reasoning' ? listOf(item['summary']).map(partOf) : [],
    action: item['action'],
    output: listOf(item['output']).map(({ stdout, stderr }) => ({ stdout, stderr })),
    result: item['result'] ?? null,
  }
}

const isShellOutput = ({ type }: Json) => type === 'shell_call_output'

export function ofResponse({ output }: Pick<ResponseObject, 'output'>) {
  const items = output as unknown as Json[]
  const parts = items
    .filter(({ type }) => type === 'message')
    .flatMap(({ content }) => listOf(content))
  return {
    text: joined(parts, 'output_text', 'text'),
    refusal: joined(parts, 'refusal', 'refusal'),
    toolCalls: items
      .filter(({ type }) => type === 'function_call' || type === 'custom_tool_call')
      .map((item) => ({
        id: item['call_id'] as string,
        name: item['name'] as string,
        arguments: (item['arguments'] ?? item['input']) as string,
      })),
    // The package does not say who runs them: the app, except for calls in a container or with an output.
    shells: items
      .filter(({ type }) => type === 'shell_call')
      .filter(({ environment }) => !(environment as Json | null | undefined)?.['container_id'])
      .map((item) => item['call_id'] as string)
      .filter((id) => !items.some((item) => isShellOutput(item) && item['call_id'] === id)),
  } satisfies Comparable
}

export function ofChatChoice({ message, logprobs, finish_reason }: ChatCompletion.Choice) {
  const calls = (message.tool_calls ?? []).map((call) =>
    call.type === 'custom'
      ? { id: call.id, name: call.custom.name, arguments: call.custom.input }
      : { id: call.id, name: call.function.name, arguments: call.function.arguments },
  )
  const called = (message as { function_call?: { name: string; arguments: string } }).function_call
  return {
    text: message.content ?? '',
    refusal: message.refusal ?? '',
    toolCalls: called ? [{ id: 'call_0', ...called }] : calls,
    logprobs: [...(logprobs?.content ?? []), ...(logprobs?.refusal ?? [])],
    finishReason: finish_reason as string | undefined,
  }
}

export function ofChoice({ toolCalls, text, refusal, logprobs, rawFinishReason }: ChoiceContent) {
  return {
    text,
    refusal,
    toolCalls: toolCalls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })),
    logprobs: logprobs ?? [],
    finishReason: rawFinishReason,
  }
}

export function ofState(state: SettledState): Comparable {
  const isNamed = ({ type }: ToolCall) => type === 'function' || type === 'custom'
  const named = state.toolCalls.filter(isNamed)
  const { text, refusal, toolCalls } = ofChoice({ ...state, toolCalls: named })
  const shells = state.toolCalls.filter(({ type }) => type === 'shell_call').map(({ id }) => id)
  return { text, refusal, toolCalls, shells }
}

/** The outcome of a run as a status of the Responses API. */
export function statusOf({ status, error, finishReason }: SettledState): string {
  if (status === 'error') return error.kind === 'api' ? 'failed' : error.kind
  return /^(?:stop|tool-calls|approval|refusal)$/.test(finishReason ?? '')
    ? 'completed'
    : 'incomplete'
}
