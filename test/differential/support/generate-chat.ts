import fc from 'fast-check'
import { interleave, pieces, word } from './interleave.ts'

type Json = Record<string, unknown>

export interface PlannedChat {
  chunks: Json[]
  usage: Json | undefined
}

const logprobsOf = (text: string, field: 'content' | 'refusal') => ({
  content: null,
  refusal: null,
  [field]: [{ token: text, logprob: -0.25, bytes: null, top_logprobs: [] }],
})

const strings = (field: 'content' | 'refusal') =>
  fc.tuple(pieces, fc.boolean()).map(([texts, asked]) =>
    texts.map((text): Json => ({
      delta: { [field]: text },
      ...(asked ? { logprobs: logprobsOf(text, field) } : {}),
    })),
  )

const toolCalls = fc
  .array(fc.tuple(pieces, word, fc.boolean()), { minLength: 1, maxLength: 3 })
  .chain((calls) =>
    interleave(
      calls.map(([texts, name, custom], index) => {
        const of = (fields: Json): Json => (custom ? { custom: fields } : { function: fields })
        const field = custom ? 'input' : 'arguments'
        const type = custom ? 'custom' : 'function'
        return [
          { index, id: `call_${index}`, type, ...of({ name, [field]: '' }) },
          ...texts.map((text): Json => ({ index, ...of({ [field]: text }) })),
        ] as Json[]
      }),
      { inOrder: true },
    ),
  )
  .map((deltas) => deltas.map((delta): Json => ({ delta: { tool_calls: [delta] } })))

const functionCall = fc
  .tuple(pieces, word)
  .map(([texts, name]) => [
    { delta: { function_call: { name, arguments: '' } } },
    ...texts.map((text): Json => ({ delta: { function_call: { arguments: text } } })),
  ])

const plannedChoice = fc
  .tuple(
    fc.option(strings('content')),
    fc.option(strings('refusal'), { freq: 2 }),
    fc.option(fc.oneof({ weight: 3, arbitrary: toolCalls }, functionCall), { freq: 2 }),
    fc.constantFrom('stop', 'length', 'tool_calls', 'content_filter'),
  )
  .map(([content, refusal, calls, finish]): Json[] => [
    { delta: { role: 'assistant', content: content ? '' : null } },
    ...(content ?? []),
    ...(refusal ?? []),
    ...(calls ?? []),
    { delta: {}, finish_reason: finish },
  ])

/** Chats that are valid by the types of the API: up to three choices, interleaved. */
export const chatStream: fc.Arbitrary<PlannedChat> = fc
  .tuple(fc.array(plannedChoice, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.boolean())
  .chain(([choices, asked, padded]) =>
    interleave(
      choices.map((steps, index) =>
        steps.map((step): Json => ({ index, finish_reason: null, ...step })),
      ),
      // Choices begin in order, because the other side's list of choices has no gaps.
      { inOrder: true },
    ).map((steps) => {
      const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }
      const head = { id: 'chat_1', object: 'chat.completion.chunk', created: 1, model: 'm' }
      const bodies: Json[] = steps.map((step) => ({
        choices: [step],
        ...(padded ? { obfuscation: 'xx' } : {}),
        ...(asked ? { usage: null } : {}),
      }))
      if (asked) bodies.push({ choices: [], usage })
      return {
        chunks: bodies.map((body) => ({ ...head, ...body })),
        usage: asked ? usage : undefined,
      }
    }),
  )
