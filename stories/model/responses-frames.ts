import { frameOf } from './frame.ts'
import type { Frame } from './frame.ts'
import type { Generation } from './generate.ts'
import type { Random } from './random.ts'
import { callFrames, messageEnd, messageFrames, reasoningFrames } from './response-item-frames.ts'
import type { EmitEvent } from './response-item-frames.ts'
import { failedResponse, finishedResponse, unfinishedResponse } from './responses-object.ts'
import type { ResponseEnvelope } from './responses-object.ts'

/** A stream of the Responses API, from `response.created` to its end event. */
export function responsesFrames(
  generation: Generation,
  envelope: ResponseEnvelope,
  random: Random,
): Frame[] {
  const frames: Frame[] = []
  const emit: EmitEvent = (kind, type, fields) =>
    void frames.push(frameOf(kind, { type, sequence_number: frames.length, ...fields }, type))
  const item = { emit, generation, envelope, random }

  emit('open', 'response.created', { response: unfinishedResponse(envelope) })
  emit('open', 'response.in_progress', { response: unfinishedResponse(envelope) })
  if (generation.reasoning.length > 0) reasoningFrames(item)
  if (generation.toolCalls.length > 0) callFrames(item)
  else messageFrames(item)
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
  if (generation.toolCalls.length === 0) messageEnd(item)
  const ended = generation.ending === 'length' ? 'incomplete' : 'completed'
  emit('close', `response.${ended}`, { response: finishedResponse(envelope, generation) })
  return frames
}
