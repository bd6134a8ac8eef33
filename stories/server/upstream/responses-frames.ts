import { frameOf } from './frame.ts'
import type { Frame } from './frame.ts'
import type { Generation } from './generate.ts'
import type { JsonObject } from './generation-request.ts'
import { randomText } from './random.ts'
import type { Random } from './random.ts'
import {
  failedResponse,
  finishedMessage,
  finishedReasoning,
  finishedResponse,
  messagePart,
  unfinishedResponse,
} from './responses-object.ts'
import type { ResponseEnvelope } from './responses-object.ts'

/** A stream of the Responses API, from `response.created` to its proper end. */
export function responsesFrames(
  generation: Generation,
  envelope: ResponseEnvelope,
  random: Random,
): Frame[] {
  const frames: Frame[] = []
  const emit = (kind: Frame['kind'], type: string, fields: JsonObject) =>
    frames.push(frameOf(kind, { type, sequence_number: frames.length, ...fields }, type))
  const pad = () => ({ obfuscation: randomText(random, 3 + Math.floor(random() * 13)) })

  emit('open', 'response.created', { response: unfinishedResponse(envelope) })
  emit('open', 'response.in_progress', { response: unfinishedResponse(envelope) })

  let index = 0
  if (generation.reasoning.length > 0) {
    const item_id = envelope.reasoningId
    emit('thought', 'response.output_item.added', {
      output_index: index,
      item: { id: item_id, type: 'reasoning', summary: [] },
    })
    generation.reasoning.forEach((part, summary_index) => {
      const at = { item_id, output_index: index, summary_index }
      const summary = { type: 'summary_text', text: part.join('') }
      emit('thought', 'response.reasoning_summary_part.added', {
        ...at,
        part: { ...summary, text: '' },
      })
      for (const delta of part) {
        emit('thought', 'response.reasoning_summary_text.delta', { ...at, delta, ...pad() })
      }
      emit('thought', 'response.reasoning_summary_text.done', { ...at, text: summary.text })
      emit('thought', 'response.reasoning_summary_part.done', { ...at, part: summary })
    })
    const item = finishedReasoning(envelope, generation)
    emit('thought', 'response.output_item.done', { output_index: index, item })
    index += 1
  }

  const at = { item_id: envelope.messageId, output_index: index, content_index: 0 }
  const refused = generation.refusal.length > 0
  const channel = refused ? 'refusal' : 'output_text'
  const extra = refused ? {} : { logprobs: [] }
  const message = finishedMessage(envelope, generation)
  const part = messagePart(generation)
  emit('token', 'response.output_item.added', {
    output_index: index,
    item: { ...message, status: 'in_progress', content: [] },
  })
  emit('token', 'response.content_part.added', {
    ...at,
    part: { ...part, [refused ? 'refusal' : 'text']: '' },
  })
  for (const delta of refused ? generation.refusal : generation.text) {
    emit('token', `response.${channel}.delta`, { ...at, delta, ...extra, ...pad() })
  }
  if (generation.ending === 'cut') return frames
  if (generation.ending === 'error') {
    const error = {
      code: 'server_error',
      message:
        'The model stopped in the middle of the answer. Nothing is wrong with the request; try it again.',
    }
    emit('close', 'error', { error: { type: 'server_error', param: null, ...error } })
    emit('close', 'response.failed', { response: failedResponse(envelope, error) })
    return frames
  }
  const whole = (refused ? generation.refusal : generation.text).join('')
  emit('close', `response.${channel}.done`, {
    ...at,
    [refused ? 'refusal' : 'text']: whole,
    ...extra,
  })
  emit('close', 'response.content_part.done', { ...at, part })
  emit('close', 'response.output_item.done', { output_index: index, item: message })
  const ended = generation.ending === 'length' ? 'incomplete' : 'completed'
  emit('close', `response.${ended}`, { response: finishedResponse(envelope, generation) })
  return frames
}
