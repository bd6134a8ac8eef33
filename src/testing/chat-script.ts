import type { DeltaScript } from './completion-script.ts'

const wireReason = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'content_filter',
  'tool-calls': 'tool_calls',
} as const

/**
 * The script as chunks of Chat Completions
 * (https://platform.openai.com/docs/api-reference/chat-streaming).
 */
export function chatScript(script: DeltaScript): string[] {
  return chunks(script, 'chat.completion.chunk', (emit) => {
    const say = (delta: object) => emit([{ index: 0, delta, finish_reason: null }])
    say({ role: 'assistant', content: '' })
    for (const reasoning of script.reasoning) say({ reasoning_content: reasoning })
    for (const content of script.text) say({ content })
    for (const refusal of script.refusal) say({ refusal })
    for (const [index, { id, name, arguments: pieces }] of script.toolCalls.entries()) {
      say({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] })
      for (const piece of pieces) say({ tool_calls: [{ index, function: { arguments: piece } }] })
    }
    return (finish_reason) => ({ index: 0, delta: {}, finish_reason })
  })
}

/**
 * The script as chunks of the legacy Completions, which have only text
 * (https://platform.openai.com/docs/api-reference/completions).
 */
export function completionsScript(script: DeltaScript): string[] {
  return chunks(script, 'text_completion', (emit) => {
    for (const text of script.text) emit([{ index: 0, text, finish_reason: null }])
    return (finish_reason) => ({ index: 0, text: '', finish_reason })
  })
}

/** The common part of both: the frame of a chunk, errors, and the end. */
function chunks(
  script: DeltaScript,
  object: string,
  say: (emit: (choices: object[]) => void) => (finishReason: string) => object,
): string[] {
  const events: string[] = []
  const send = (data: object) => events.push(`data: ${JSON.stringify(data)}\n\n`)
  const head = { id: script.responseId, object, model: script.model }
  const last = say((choices) => send({ ...head, choices }))
  if (script.error) {
    const { message, code = null } = script.error
    send({ error: { message, type: 'server_error', param: null, code } })
    return events
  }
  send({ ...head, choices: [last(wireReason[script.finishReason])] })
  const { usage } = script
  if (usage) {
    const { inputTokens: prompt_tokens, outputTokens: completion_tokens } = usage
    const total_tokens = prompt_tokens + completion_tokens
    send({ ...head, choices: [], usage: { prompt_tokens, completion_tokens, total_tokens } })
  }
  events.push('data: [DONE]\n\n')
  return events
}
