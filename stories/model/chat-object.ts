import type { Generation } from './generate.ts'
import type { GenerationRequest, JsonObject } from './generation-request.ts'
import { randomHex, randomText } from './random.ts'
import type { Random } from './random.ts'

/** The fields that every chunk of a chat completion repeats. */
export interface ChatEnvelope {
  readonly id: string
  readonly created: number
  readonly model: string
  readonly service_tier: string
  readonly system_fingerprint: string
}

export function chatEnvelope({ model }: GenerationRequest, random: Random): ChatEnvelope {
  return {
    id: `chatcmpl-${randomText(random, 29)}`,
    created: Math.floor(Date.now() / 1000),
    model: model.id,
    service_tier: 'default',
    system_fingerprint: `fp_${randomHex(random, 10)}`,
  }
}

export function finishReasonOf({
  ending,
  toolCalls,
}: Generation): 'length' | 'stop' | 'tool_calls' {
  if (toolCalls.length > 0) return 'tool_calls'
  return ending === 'length' ? 'length' : 'stop'
}

/** The complete calls. In a stream, the arguments arrive in pieces. */
export function chatToolCalls({ toolCalls }: Generation, envelope: ChatEnvelope): JsonObject[] {
  return toolCalls.map((call, index) => ({
    id: `call_${envelope.id.slice(-20)}${index}`,
    type: 'function',
    function: { name: call.name, arguments: call.arguments.join('') },
  }))
}

export function chatUsage({ usage }: Generation): JsonObject {
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  }
}

/** The answer to a request without a stream. */
export function finishedChat(envelope: ChatEnvelope, generation: Generation): JsonObject {
  const refused = generation.refusal.length > 0
  return {
    ...envelope,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: refused || generation.toolCalls.length > 0 ? null : generation.text.join(''),
          ...(generation.toolCalls.length > 0
            ? { tool_calls: chatToolCalls(generation, envelope) }
            : {}),
          refusal: refused ? generation.refusal.join('') : null,
          annotations: [],
        },
        logprobs: null,
        finish_reason: finishReasonOf(generation),
      },
    ],
    usage: chatUsage(generation),
  }
}
