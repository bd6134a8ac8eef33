import type { OriginEvent } from '../../support/fault-proxy-script.ts'
import type { Random } from './random.ts'

type StreamFormat = 'openai-responses' | 'openai-chat' | 'openai-completions'

/** How the model's stream ends without any fault. */
type StreamEnding = 'stop' | 'length' | 'error' | 'silence'

export interface OriginPlan {
  readonly format: StreamFormat
  readonly deltas: readonly string[]
  readonly ending: StreamEnding
  /** Chat and legacy Completions: whether `[DONE]` follows. */
  readonly marker: boolean
  readonly usage: boolean
  readonly lineEnd: '\n' | '\r\n' | '\r'
  /** The number of events between two comments; 0 for no comments. */
  readonly commentEvery: number
  /** Whether the events have ids to resume after. Those of the Responses API are numbered anyway. */
  readonly ids: boolean
}

const words = ['Kites ', 'need a ', 'little ', 'naïve ', 'défi — ', '雨の日', '👩🏽‍🚀', '🏳️‍🌈', ' ', '\n\n', 'سلام ', '𝔘', '"quoted" ', '\\ ', '\r\n', '<b>', 'data: ', '[DONE]'] // prettier-ignore

export function planOrigin(random: Random): OriginPlan {
  const format = random.pick(['openai-responses', 'openai-chat', 'openai-completions'])
  return {
    format,
    deltas: Array.from({ length: random.int(1, 10) }, () =>
      Array.from({ length: random.int(1, 3) }, () => random.pick(words)).join(''),
    ),
    ending: random.weighted({ stop: 12, length: 2, error: 2, silence: 1 }),
    marker: random.chance(0.7),
    usage: random.chance(0.4),
    lineEnd: random.weighted({ '\n': 8, '\r\n': 2, '\r': 1 }),
    commentEvery: random.chance(0.3) ? random.int(1, 4) : 0,
    ids: random.chance(0.2),
  }
}

/** The events of a stream, as sent. */
export function originEvents(plan: OriginPlan): OriginEvent[] {
  const { lineEnd, commentEvery, ids, format } = plan
  return payloads[format](plan).map((payload, index) => {
    const number = String(index)
    const lines: string[] = []
    if (commentEvery > 0 && index % commentEvery === 0) lines.push(': keep-alive', '')
    if (ids) lines.push(`id: ${number}`)
    // The Responses API names its events; the others do not.
    if (format === 'openai-responses') lines.push(`event: ${(payload as { type: string }).type}`)
    lines.push(`data: ${typeof payload === 'string' ? payload : JSON.stringify(payload)}`, '', '')
    return {
      text: lines.join(lineEnd),
      cursor: ids || format === 'openai-responses' ? number : undefined,
    }
  })
}

/** How many events of a stream come before its first content. */
export function eventsBeforeContent({ format }: OriginPlan): number {
  return format === 'openai-responses' ? 4 : format === 'openai-chat' ? 1 : 0
}

const error = { message: 'The model fell over.', type: 'server_error', code: 'fell_over' }
const usage = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 }

const payloads: Record<StreamFormat, (plan: OriginPlan) => (object | string)[]> = {
  'openai-chat': (plan) => [
    chatChunk({ role: 'assistant', content: '' }),
    ...plan.deltas.map((content) => chatChunk({ content })),
    ...completionsEnding(plan, (reason) => chatChunk({}, reason)),
  ],

  'openai-completions': (plan) => [
    ...plan.deltas.map((text) => textChunk(text)),
    ...completionsEnding(plan, (reason) => textChunk('', reason)),
  ],

  'openai-responses': ({ deltas, ending }) => {
    const text = deltas.join('')
    const place = { output_index: 0, content_index: 0, item_id: 'msg_1' }
    const item = (content: object[], status: string) => ({
      ...{ id: 'msg_1', type: 'message', role: 'assistant', status, content },
    })
    const part = { type: 'output_text', text, annotations: [] }
    const response = (status: string, fields: object = {}) => ({
      type: `response.${status}`,
      response: { id: 'resp_1', object: 'response', model: 'm', status, output: [], ...fields },
    })
    const opening = [
      response('created', { status: 'in_progress' }),
      response('in_progress'),
      { type: 'response.output_item.added', output_index: 0, item: item([], 'in_progress') },
      { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
      ...deltas.map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
    ]
    const whole = [
      { type: 'response.output_text.done', ...place, text },
      { type: 'response.content_part.done', ...place, part },
      { type: 'response.output_item.done', output_index: 0, item: item([part], 'completed') },
    ]
    const ends: Record<StreamEnding, object[]> = {
      stop: [...whole, response('completed', { output: [item([part], 'completed')] })],
      length: [response('incomplete', { incomplete_details: { reason: 'max_output_tokens' } })],
      error: [response('failed', { error })],
      silence: whole,
    }
    return [...opening, ...ends[ending]].map((event, index) => ({
      ...event,
      sequence_number: index,
    }))
  },
}

function completionsEnding(
  { ending, marker, usage: hasUsage }: OriginPlan,
  finish: (reason: string) => object,
): (object | string)[] {
  if (ending === 'error') return [{ error }, ...(marker ? ['[DONE]'] : [])]
  if (ending === 'silence') return []
  return [
    finish(ending),
    ...(hasUsage ? [{ ...finish(ending), choices: [], usage }] : []),
    ...(marker ? ['[DONE]'] : []),
  ]
}

function chatChunk(delta: object, finishReason: string | null = null) {
  const choices = [{ index: 0, delta, finish_reason: finishReason }]
  return { id: 'chat_1', object: 'chat.completion.chunk', model: 'm', choices }
}

function textChunk(text: string, finishReason: string | null = null) {
  const choices = [{ index: 0, text, finish_reason: finishReason }]
  return { id: 'cmpl_1', object: 'text_completion', model: 'm', choices }
}
