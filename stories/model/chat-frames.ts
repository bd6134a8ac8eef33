import { chatToolCalls, chatUsage, finishReasonOf } from './chat-object.ts'
import type { ChatEnvelope } from './chat-object.ts'
import { frameOf } from './frame.ts'
import type { Frame } from './frame.ts'
import type { Generation } from './generate.ts'
import type { JsonObject } from './generation-request.ts'
import { randomText } from './random.ts'
import type { Random } from './random.ts'

/** A stream of Chat Completions, from the chunk with the role to `[DONE]`. */
export function chatFrames(
  generation: Generation,
  envelope: ChatEnvelope,
  includeUsage: boolean,
  random: Random,
): Frame[] {
  const frames: Frame[] = []
  const emit = (kind: Frame['kind'], choices: readonly JsonObject[], usage: unknown = null) =>
    frames.push(
      frameOf(kind, {
        ...envelope,
        object: 'chat.completion.chunk',
        choices,
        ...(includeUsage ? { usage } : {}),
        obfuscation: randomText(random, 3 + Math.floor(random() * 13)),
      }),
    )
  const choice = (delta: JsonObject, finish_reason: string | null = null) => [
    { index: 0, delta, logprobs: null, finish_reason },
  ]

  emit('token', choice({ role: 'assistant', content: '', refusal: null }))
  for (const content of generation.text) emit('token', choice({ content }))
  for (const refusal of generation.refusal) emit('token', choice({ refusal }))
  for (const [index, call] of chatToolCalls(generation, envelope).entries()) {
    const { name } = generation.toolCalls[index]!
    const opened = { index, ...call, function: { name, arguments: '' } }
    emit('token', choice({ tool_calls: [opened] }))
    for (const piece of generation.toolCalls[index]!.arguments) {
      emit('token', choice({ tool_calls: [{ index, function: { arguments: piece } }] }))
    }
  }
  if (generation.ending === 'cut') return frames
  if (generation.ending === 'error') {
    const error = {
      message:
        'The model stopped in the middle of the answer. Nothing is wrong with the request; try it again.',
      type: 'server_error',
      param: null,
      code: null,
    }
    return [...frames, frameOf('close', { error })]
  }
  emit('close', choice({}, finishReasonOf(generation)))
  if (includeUsage) emit('close', [], chatUsage(generation))
  return [...frames, frameOf('close', '[DONE]')]
}
