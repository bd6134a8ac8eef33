import {
  neighbour,
  opened,
  outputItem,
  place,
  response,
  type EventCases,
  type StreamEvent,
} from '../support/event-case.ts'

const delta: StreamEvent = {
  type: 'response.output_text.delta',
  ...place,
  content_index: 0,
  delta: 'Helo',
  logprobs: [],
}

const whole = (status: string) =>
  outputItem({
    type: 'message',
    role: 'assistant',
    status,
    content: [{ type: 'output_text', text: 'Hello', annotations: [] }],
  })

const begun = [opened({ type: 'message', role: 'assistant', content: [] }), delta]

const usage = {
  input_tokens: 3,
  input_tokens_details: { cached_tokens: 1 },
  output_tokens: 2,
  output_tokens_details: { reasoning_tokens: 1 },
  total_tokens: 5,
} as NonNullable<ReturnType<typeof response>['usage']>

const metadata = { responseId: 'resp_1', model: 'gpt-5', serviceTier: 'flex' }

/** The life cycle of the response, its audio, and events without a meaning. */
export const lifecycleCases: EventCases<
  | 'response.created'
  | 'response.queued'
  | 'response.in_progress'
  | 'response.completed'
  | 'response.incomplete'
  | 'response.failed'
  | 'error'
  | 'response.audio.delta'
  | 'response.audio.done'
  | 'response.audio.transcript.delta'
  | 'response.audio.transcript.done'
  | 'keepalive'
> = {
  'response.created': {
    effect: 'says who answers',
    event: {
      type: 'response.created',
      sequence_number: 0,
      response: response({ service_tier: 'flex' }),
    },
    after: { ...metadata, text: 'Here: ' },
  },
  'response.queued': {
    effect: 'says who answers, and takes nothing back',
    before: begun,
    event: {
      type: 'response.queued',
      sequence_number: 0,
      response: response({ status: 'queued', service_tier: 'flex' }),
    },
    after: { ...metadata, text: 'Here: Helo' },
  },
  'response.in_progress': {
    effect: 'says who answers, and takes nothing back',
    before: begun,
    event: {
      type: 'response.in_progress',
      sequence_number: 0,
      response: response({ service_tier: 'flex' }),
    },
    after: { ...metadata, text: 'Here: Helo' },
  },
  'response.completed': {
    effect: 'ends properly with its own output, usage and moderation',
    before: begun,
    event: {
      type: 'response.completed',
      sequence_number: 9,
      response: response({
        status: 'completed',
        service_tier: 'flex',
        output: [structuredClone(neighbour), whole('completed')],
        usage,
        moderation: {
          input: { type: 'moderation_result', flagged: false },
          output: { type: 'moderation_result', flagged: true },
        } as unknown as NonNullable<ReturnType<typeof response>['moderation']>,
      }),
    },
    after: {
      ...metadata,
      text: 'Here: Hello',
      finishReason: 'stop',
      rawFinishReason: 'completed',
      usage: {
        inputTokens: 3,
        outputTokens: 2,
        totalTokens: 5,
        reasoningTokens: 1,
        cachedInputTokens: 1,
      },
      moderation: { input: { flagged: false }, output: { flagged: true } },
    },
    ending: 'complete',
  },
  'response.incomplete': {
    effect: 'ends properly and says why the answer was cut',
    before: begun,
    event: {
      type: 'response.incomplete',
      sequence_number: 9,
      response: response({
        status: 'incomplete',
        incomplete_details: { reason: 'max_output_tokens' },
        output: [structuredClone(neighbour), whole('incomplete')],
        usage,
      }),
    },
    after: {
      text: 'Here: Hello',
      finishReason: 'length',
      rawFinishReason: 'max_output_tokens',
      usage: { totalTokens: 5 },
      output: [{}, { status: 'incomplete' }],
    },
    ending: 'complete',
  },
  'response.failed': {
    effect: 'fails the completion and keeps the text',
    before: begun,
    event: {
      type: 'response.failed',
      sequence_number: 9,
      response: response({
        status: 'failed',
        error: { code: 'server_error', message: 'Sorry.' },
      }),
    },
    after: { text: 'Here: Helo' },
    ending: 'failed',
  },
  error: {
    effect: 'fails the completion and keeps the text',
    before: begun,
    event: {
      type: 'error',
      sequence_number: 9,
      code: 'rate_limit_exceeded',
      message: 'Slow down.',
      param: null,
    },
    after: { text: 'Here: Helo' },
    ending: 'failed',
  },
  'response.audio.delta': {
    effect: 'is for onEvent and changes nothing',
    before: begun,
    event: { type: 'response.audio.delta', sequence_number: 7, delta: 'UklGRg==' },
    after: { text: 'Here: Helo', transcript: '' },
  },
  'response.audio.done': {
    effect: 'is for onEvent and changes nothing',
    before: begun,
    event: { type: 'response.audio.done', sequence_number: 7 },
    after: { text: 'Here: Helo', transcript: '' },
  },
  'response.audio.transcript.delta': {
    effect: 'appends to the transcript and never to the text',
    before: [{ type: 'response.audio.transcript.delta', sequence_number: 6, delta: 'Good ' }],
    event: { type: 'response.audio.transcript.delta', sequence_number: 7, delta: 'day' },
    after: { text: 'Here: ', transcript: 'Good day' },
  },
  'response.audio.transcript.done': {
    effect: 'changes nothing: it carries no transcript',
    before: [{ type: 'response.audio.transcript.delta', sequence_number: 6, delta: 'Good day' }],
    event: { type: 'response.audio.transcript.done', sequence_number: 7 },
    after: { transcript: 'Good day' },
  },
  keepalive: {
    effect: 'changes nothing',
    before: begun,
    event: { type: 'keepalive', sequence_number: 7 },
    after: { text: 'Here: Helo' },
  },
}
