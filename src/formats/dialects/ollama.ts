import type { CompletionFormat } from '../vocabulary/format.ts'
import { arrayOf, isRecord, numberOf, stringOf } from '../../json/json-record.ts'
import { defineDialect } from './define-dialect.ts'

/**
 * The lines of JSON of Ollama's own API (https://docs.ollama.com/api/streaming), of `/api/chat` and of
 * `/api/generate`, streamed or whole.
 *
 * - `message.content` or `response` → `text`; `message.thinking` or `thinking` → `reasoning`
 * - `message.tool_calls` → `toolCalls`, which arrive complete, and without an id in older versions
 * - `prompt_eval_count` and `eval_count` → `usage`; `done_reason` → `finishReason`
 * - `error` → an error, anywhere in the stream
 *
 * The proper end is `done: true`.
 */
export const ollama: CompletionFormat = /* @__PURE__ */ defineDialect({
  name: 'ollama',
  properEnd: 'done: true',
  // Ignores the content type that a proxy sets. Lines that it wraps into `data:` are read too.
  framing: 'json',
  textPaths: [['message', 'content'], ['response'], ['message', 'thinking'], ['thinking']],
  createRead() {
    let calls = 0
    return (json, output) => {
      const message = isRecord(json['message']) ? json['message'] : {}
      output.metadata({ model: stringOf(json['model']) })
      output.reasoning(stringOf(message['thinking'] ?? json['thinking']) ?? '')
      output.text(stringOf(message['content'] ?? json['response']) ?? '')
      for (const call of arrayOf(message['tool_calls'])) {
        const tool = isRecord(call) ? call['function'] : undefined
        if (!isRecord(call) || !isRecord(tool)) continue
        output.toolCall({
          id: stringOf(call['id']) || `call_${calls}`,
          name: stringOf(tool['name']),
          input: tool['arguments'] ?? {},
          status: 'completed',
        })
        calls++
      }
      const inputTokens = numberOf(json['prompt_eval_count'])
      const outputTokens = numberOf(json['eval_count'])
      if (inputTokens !== undefined || outputTokens !== undefined) {
        const counts = Object.entries(json).filter(([name]) => /_(count|duration)$/.test(name))
        output.usage({ inputTokens, outputTokens, raw: Object.fromEntries(counts) })
      }
      const reason = stringOf(json['done_reason']) || undefined
      if (json['done'] === true) output.end(reason)
      // Some servers send the reason without the flag.
      else if (reason) output.finish(reason)
    }
  },
})
