import type { Answer } from './answer.ts'
import { deltasOf, textOf } from './answer.ts'

/** The dialects that the contestants read. */
export type WireFormat = 'responses' | 'chat' | 'ai-sdk' | 'ag-ui'

/** An answer as the lines of one wire format: the lines before the deltas, each delta, the lines after. */
export interface WireBody {
  head: string
  deltas: readonly string[]
  tail: string
}

export function wireBody(format: WireFormat, answer: Answer): WireBody {
  return bodies[format](deltasOf(answer), () => textOf(answer))
}

type Spell = (deltas: readonly string[], text: () => string) => WireBody

const frame = (data: unknown) =>
  `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

/** The API's padding of each delta, which hides the length of the token. */
const padding = (index: number) => 'aZ3kQ9xT7mB1wR5y'.slice(0, 8 + (index % 9))

const responses: Spell = (deltas, text) => {
  let sequence = 0
  const event = (type: string, fields: object) =>
    `event: ${type}\n${frame({ type, sequence_number: sequence++, ...fields })}`
  const item_id = 'msg_0123456789abcdef0123456789abcdef0123456789abcdef'
  const place = { item_id, output_index: 0, content_index: 0 }
  const response = (status: string, output: unknown[], usage: unknown) => ({
    response: {
      id: 'resp_0123456789abcdef0123456789abcdef0123456789abcdef',
      object: 'response',
      created_at: 1_760_000_000,
      status,
      error: null,
      incomplete_details: null,
      model: 'gpt-5',
      output,
      usage,
    },
  })
  const part = (whole: string) => ({
    type: 'output_text',
    annotations: [],
    logprobs: [],
    text: whole,
  })
  const item = (status: string, content: unknown[]) => ({
    id: item_id,
    type: 'message',
    status,
    content,
    role: 'assistant',
  })
  const head =
    event('response.created', response('in_progress', [], null)) +
    event('response.in_progress', response('in_progress', [], null)) +
    event('response.output_item.added', { output_index: 0, item: item('in_progress', []) }) +
    event('response.content_part.added', { ...place, part: part('') })
  const body = deltas.map((delta, index) =>
    event('response.output_text.delta', {
      ...place,
      delta,
      logprobs: [],
      obfuscation: padding(index),
    }),
  )
  const whole = text()
  const done = item('completed', [part(whole)])
  const usage = { input_tokens: 8, output_tokens: deltas.length, total_tokens: deltas.length + 8 }
  const tail =
    event('response.output_text.done', { ...place, text: whole, logprobs: [] }) +
    event('response.content_part.done', { ...place, part: part(whole) }) +
    event('response.output_item.done', { output_index: 0, item: done }) +
    event('response.completed', response('completed', [done], usage))
  return { head, deltas: body, tail }
}

const chat: Spell = (deltas) => {
  const chunk = (choices: unknown[], more: object = {}) =>
    frame({
      id: 'chatcmpl-0123456789abcdef0123456789',
      object: 'chat.completion.chunk',
      created: 1_760_000_000,
      model: 'gpt-5',
      service_tier: 'default',
      system_fingerprint: null,
      choices,
      usage: null,
      ...more,
    })
  const choice = (delta: object, finish_reason: string | null = null) => ({
    index: 0,
    delta,
    logprobs: null,
    finish_reason,
  })
  const usage = {
    prompt_tokens: 8,
    completion_tokens: deltas.length,
    total_tokens: deltas.length + 8,
  }
  return {
    head: chunk([choice({ role: 'assistant', content: '', refusal: null })]),
    deltas: deltas.map((content, index) =>
      chunk([choice({ content })], { obfuscation: padding(index) }),
    ),
    tail: chunk([choice({}, 'stop')]) + chunk([], { usage }) + frame('[DONE]'),
  }
}

/** The AI SDK's UI message stream, which its `useCompletion` calls the data protocol. */
const aiSdk: Spell = (deltas) => ({
  head:
    frame({ type: 'start', messageId: 'msg_0' }) +
    frame({ type: 'start-step' }) +
    frame({ type: 'text-start', id: '0' }),
  deltas: deltas.map((delta) => frame({ type: 'text-delta', id: '0', delta })),
  tail:
    frame({ type: 'text-end', id: '0' }) +
    frame({ type: 'finish-step' }) +
    frame({ type: 'finish', finishReason: 'stop' }) +
    frame('[DONE]'),
})

/** AG-UI, which TanStack AI's server-sent events connection reads. */
const agUi: Spell = (deltas) => {
  const timestamp = 1_760_000_000_000
  const run = { threadId: 'thread_0', runId: 'run_0', timestamp }
  const message = { messageId: 'msg_0', timestamp }
  return {
    head:
      frame({ type: 'RUN_STARTED', ...run }) +
      frame({ type: 'TEXT_MESSAGE_START', ...message, role: 'assistant' }),
    deltas: deltas.map((delta) => frame({ type: 'TEXT_MESSAGE_CONTENT', ...message, delta })),
    tail:
      frame({ type: 'TEXT_MESSAGE_END', ...message }) +
      frame({ type: 'RUN_FINISHED', ...run, finishReason: 'stop' }),
  }
}

const bodies: Record<WireFormat, Spell> = { responses, chat, 'ai-sdk': aiSdk, 'ag-ui': agUi }
