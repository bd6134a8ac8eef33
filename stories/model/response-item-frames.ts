import type { Frame } from './frame.ts'
import type { Generation } from './generate.ts'
import type { JsonObject } from './generation-request.ts'
import { randomText } from './random.ts'
import type { Random } from './random.ts'
import {
  finishedCalls,
  finishedMessage,
  finishedReasoning,
  messagePart,
} from './responses-object.ts'
import type { ResponseEnvelope } from './responses-object.ts'

export type EmitEvent = (kind: Frame['kind'], type: string, fields: JsonObject) => void

interface ItemContext {
  readonly emit: EmitEvent
  readonly generation: Generation
  readonly envelope: ResponseEnvelope
  readonly random: Random
}

/** The padding that the API adds to deltas to hide their lengths. */
function padding(random: Random): JsonObject {
  return { obfuscation: randomText(random, 3 + Math.floor(random() * 13)) }
}

/** The reasoning item comes first, if a summary is sent. */
function firstIndex({ reasoning }: Generation): number {
  return reasoning.length > 0 ? 1 : 0
}

export function reasoningFrames({ emit, generation, envelope, random }: ItemContext) {
  const item_id = envelope.reasoningId
  emit('thought', 'response.output_item.added', {
    output_index: 0,
    item: { id: item_id, type: 'reasoning', summary: [] },
  })
  generation.reasoning.forEach((part, summary_index) => {
    const at = { item_id, output_index: 0, summary_index }
    const summary = { type: 'summary_text', text: part.join('') }
    emit('thought', 'response.reasoning_summary_part.added', {
      ...at,
      part: { ...summary, text: '' },
    })
    for (const delta of part) {
      emit('thought', 'response.reasoning_summary_text.delta', { ...at, delta, ...padding(random) })
    }
    emit('thought', 'response.reasoning_summary_text.done', { ...at, text: summary.text })
    emit('thought', 'response.reasoning_summary_part.done', { ...at, part: summary })
  })
  const item = finishedReasoning(envelope, generation)
  emit('thought', 'response.output_item.done', { output_index: 0, item })
}

export function callFrames({ emit, generation, envelope, random }: ItemContext) {
  finishedCalls(envelope, generation).forEach((item, position) => {
    const output_index = firstIndex(generation) + position
    const at = { item_id: item['id'], output_index }
    emit('token', 'response.output_item.added', {
      output_index,
      item: { ...item, status: 'in_progress', arguments: '' },
    })
    for (const delta of generation.toolCalls[position]?.arguments ?? []) {
      emit('token', 'response.function_call_arguments.delta', { ...at, delta, ...padding(random) })
    }
    emit('token', 'response.function_call_arguments.done', {
      ...at,
      name: item['name'],
      arguments: item['arguments'],
    })
    emit('token', 'response.output_item.done', { output_index, item })
  })
}

/** The position of the message, the type of its content, and the extra fields of its events. */
function messagePlace({ generation, envelope }: ItemContext) {
  const refused = generation.refusal.length > 0
  return {
    at: { item_id: envelope.messageId, output_index: firstIndex(generation), content_index: 0 },
    field: refused ? 'refusal' : 'text',
    channel: refused ? 'refusal' : 'output_text',
    tokens: refused ? generation.refusal : generation.text,
    extra: refused ? {} : { logprobs: [] },
  }
}

export function messageFrames(context: ItemContext) {
  const { emit, generation, envelope, random } = context
  const { at, field, channel, tokens, extra } = messagePlace(context)
  emit('token', 'response.output_item.added', {
    output_index: at.output_index,
    item: { ...finishedMessage(envelope, generation), status: 'in_progress', content: [] },
  })
  emit('token', 'response.content_part.added', {
    ...at,
    part: { ...messagePart(generation), [field]: '' },
  })
  for (const delta of tokens) {
    emit('token', `response.${channel}.delta`, { ...at, delta, ...extra, ...padding(random) })
  }
}

export function messageEnd(context: ItemContext) {
  const { emit, generation, envelope } = context
  const { at, field, channel, tokens, extra } = messagePlace(context)
  emit('close', `response.${channel}.done`, { ...at, [field]: tokens.join(''), ...extra })
  emit('close', 'response.content_part.done', { ...at, part: messagePart(generation) })
  emit('close', 'response.output_item.done', {
    output_index: at.output_index,
    item: finishedMessage(envelope, generation),
  })
}
