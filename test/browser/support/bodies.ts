/** Bodies as the providers send them, one function per event. */

type Json = Record<string, unknown>

/** One server-sent event. A string, such as `[DONE]`, is sent unchanged. */
export function event(data: Json | string, name?: string): string {
  const lines = name === undefined ? '' : `event: ${name}\n`
  return `${lines}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
}

/** One line of newline-delimited JSON. */
export function line(data: Json): string {
  return `${JSON.stringify(data)}\n`
}

export const done = event('[DONE]')

export const chat = {
  chunk: (delta: Json, finishReason: string | null = null): Json => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_760_000_000,
    model: 'gpt-5',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
  }),
  text: (content: string) => event(chat.chunk({ content })),
  finish: (reason: string) => event(chat.chunk({}, reason)),
  /** Pieces of text, the finish reason, and `[DONE]`. */
  whole: (pieces: string[], reason = 'stop') =>
    [...pieces.map(chat.text), chat.finish(reason), done].join(''),
}

export const legacy = {
  chunk: (text: string, finishReason: string | null = null): Json => ({
    id: 'cmpl-1',
    object: 'text_completion',
    created: 1_760_000_000,
    model: 'gpt-3.5-turbo-instruct',
    choices: [{ index: 0, text, logprobs: null, finish_reason: finishReason }],
  }),
  text: (text: string) => event(legacy.chunk(text)),
  whole: (pieces: string[], reason = 'stop') =>
    [...pieces.map(legacy.text), event(legacy.chunk('', reason)), done].join(''),
}

interface ResponseFields {
  readonly status: string
  readonly text: string
  readonly fields?: Json
}

const responseObject = ({ status, text, fields }: ResponseFields): Json => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1_760_000_000,
  model: 'gpt-5',
  status,
  error: null,
  incomplete_details: null,
  output: text === '' ? [] : [message(text, status === 'completed' ? 'completed' : 'incomplete')],
  usage: null,
  ...fields,
})

const message = (text: string, status: string): Json => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  status,
  content: [{ type: 'output_text', text, annotations: [] }],
})

const at = { item_id: 'msg_1', output_index: 0, content_index: 0 }

/** The events of the Responses API for one message. */
export const responses = {
  /** Every event that comes before the first delta. */
  opening: (): Json[] => [
    { type: 'response.created', response: responseObject({ status: 'in_progress', text: '' }) },
    {
      type: 'response.output_item.added',
      output_index: 0,
      item: { ...message('', 'in_progress'), content: [] },
    },
    {
      type: 'response.content_part.added',
      ...at,
      part: { type: 'output_text', text: '', annotations: [] },
    },
  ],
  delta: (delta: string): Json => ({ type: 'response.output_text.delta', ...at, delta }),
  /** The events that complete a message, and the terminal event. */
  closing: (text: string): Json[] => [
    { type: 'response.output_text.done', ...at, text },
    {
      type: 'response.output_item.done',
      output_index: 0,
      item: message(text, 'completed'),
    },
    responses.terminal('completed', text, {
      usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12 },
    }),
  ],
  /** `response.completed`, `response.incomplete` or `response.failed`. */
  terminal: (status: string, text: string, fields: Json = {}): Json => ({
    type: `response.${status}`,
    response: responseObject({ status, text, fields }),
  }),
  refused: (pieces: string[]): Json[] => {
    const refusal = pieces.join('')
    const content = [{ type: 'refusal', refusal }]
    return [
      ...responses.opening().slice(0, 2),
      { type: 'response.content_part.added', ...at, part: { type: 'refusal', refusal: '' } },
      ...pieces.map((delta) => ({ type: 'response.refusal.delta', ...at, delta })),
      { type: 'response.refusal.done', ...at, refusal },
      responses.terminal('completed', '', {
        output: [{ ...message('', 'completed'), content }],
      }),
    ]
  },
  whole: (pieces: string[]): Json[] => [
    ...responses.opening(),
    ...pieces.map(responses.delta),
    ...responses.closing(pieces.join('')),
  ],
}

/** Events of the Responses API as server-sent events: each is named by its type. */
export function named(...events: Json[]): string {
  return events.map((data) => event(data, String(data['type']))).join('')
}
