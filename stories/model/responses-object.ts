import type { Generation } from './generate.ts'
import type { GenerationRequest, JsonObject } from './generation-request.ts'
import { randomHex } from './random.ts'
import type { Random } from './random.ts'

/** The parts of a `response` object that stay the same from its first event to its last. */
export interface ResponseEnvelope {
  readonly id: string
  readonly reasoningId: string
  readonly messageId: string
  readonly fields: JsonObject
}

export function responseEnvelope(request: GenerationRequest, random: Random): ResponseEnvelope {
  const id = `resp_${randomHex(random, 48)}`
  return {
    id,
    reasoningId: `rs_${randomHex(random, 48)}`,
    messageId: `msg_${randomHex(random, 48)}`,
    fields: {
      id,
      object: 'response',
      created_at: Math.floor(Date.now() / 1000),
      background: request.background,
      instructions: null,
      max_output_tokens: request.maxOutputTokens ?? null,
      model: request.model.id,
      parallel_tool_calls: true,
      previous_response_id: null,
      reasoning: {
        effort: request.model.reasons ? 'medium' : null,
        summary: request.showReasoning ? 'detailed' : null,
      },
      service_tier: 'default',
      store: request.background,
      temperature: 1,
      text: { format: { type: 'text' } },
      tool_choice: 'auto',
      tools: [],
      top_p: 1,
      truncation: 'disabled',
      user: null,
      metadata: {},
    },
  }
}

export function unfinishedResponse(envelope: ResponseEnvelope): JsonObject {
  return {
    ...envelope.fields,
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    output: [],
    usage: null,
  }
}

export function failedResponse(envelope: ResponseEnvelope, error: JsonObject): JsonObject {
  return { ...unfinishedResponse(envelope), status: 'failed', error }
}

/** The response with its whole output: the last event of a stream, or the answer to a request without one. */
export function finishedResponse(envelope: ResponseEnvelope, generation: Generation): JsonObject {
  const incomplete = generation.ending === 'length'
  return {
    ...envelope.fields,
    status: incomplete ? 'incomplete' : 'completed',
    error: null,
    incomplete_details: incomplete ? { reason: 'max_output_tokens' } : null,
    output: [
      ...(generation.reasoning.length > 0 ? [finishedReasoning(envelope, generation)] : []),
      ...(generation.toolCalls.length > 0
        ? finishedCalls(envelope, generation)
        : [finishedMessage(envelope, generation)]),
    ],
    usage: {
      input_tokens: generation.usage.input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: generation.usage.output,
      output_tokens_details: { reasoning_tokens: generation.usage.reasoning },
      total_tokens: generation.usage.input + generation.usage.output,
    },
  }
}

export function finishedReasoning(
  envelope: ResponseEnvelope,
  { reasoning }: Generation,
): JsonObject {
  return {
    id: envelope.reasoningId,
    type: 'reasoning',
    summary: reasoning.map((part) => ({ type: 'summary_text', text: part.join('') })),
  }
}

export function finishedCalls(envelope: ResponseEnvelope, generation: Generation): JsonObject[] {
  return generation.toolCalls.map((call, index) => ({
    id: `fc_${envelope.messageId.slice(4)}${index}`,
    type: 'function_call',
    status: 'completed',
    call_id: `call_${envelope.messageId.slice(4, 24)}${index}`,
    name: call.name,
    arguments: call.arguments.join(''),
  }))
}

export function finishedMessage(envelope: ResponseEnvelope, generation: Generation): JsonObject {
  return {
    id: envelope.messageId,
    type: 'message',
    status: generation.ending === 'length' ? 'incomplete' : 'completed',
    role: 'assistant',
    content: [messagePart(generation)],
  }
}

export function messagePart({ text, refusal }: Generation): JsonObject {
  return refusal.length > 0
    ? { type: 'refusal', refusal: refusal.join('') }
    : { type: 'output_text', annotations: [], logprobs: [], text: text.join('') }
}
