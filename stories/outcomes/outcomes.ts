import type {
  CompletionOptions,
  CompletionStatus,
  CompletionErrorKind,
} from 'use-streaming-completion'
import { moderationGate } from 'use-streaming-completion'
import {
  completionStream,
  httpFailure,
  type FetchScript,
  type ScriptedStream,
} from 'use-streaming-completion/testing'

/** One way a run can end. */
export interface Outcome {
  readonly id: string
  readonly group: 'Complete' | 'Aborted' | 'HTTP' | 'Network' | 'Timeout' | 'Stream' | 'Content'
  readonly name: string
  readonly script: FetchScript
  readonly options?: Pick<CompletionOptions, 'timeouts' | 'limits' | 'format' | 'moderate'>
  /** Whether the answer is parsed as JSON and validated. */
  readonly isObject?: boolean
  /** Aborts after this many characters. */
  readonly abortAfter?: number
  readonly status: CompletionStatus
  readonly kind?: CompletionErrorKind
  /** The code that handles it. */
  readonly code: string
}

/**
 * Whether the stream itself fails, for every reader. Timeouts, limits, schemas and moderation fail
 * only where they are set, and other libraries have no such options.
 */
export const isFailure = ({ status, group }: Outcome): boolean =>
  status === 'error' && group !== 'Timeout' && group !== 'Content'

export const answer =
  'Rivers look still from the air, and are not. The water that you see at the bend has come a long way, and the answer on your screen has, too.'
/** The time between two events, in milliseconds. */
export const delay = 12

const whole = completionStream({ text: answer }, { delay })
const partly = (end: 'cut' | 'close' | 'stall'): ScriptedStream =>
  completionStream({ text: answer }, { delay, stopAfter: 16, end })

const body = (text: string, contentType: string): ScriptedStream => ({
  headers: { 'content-type': contentType },
  steps: [{ send: text, delay }],
})

const byKind = (kind: string, more: string) => `if (error?.kind === '${kind}') {\n  ${more}\n}`

export const outcomes: readonly Outcome[] = [
  {
    id: 'stop',
    group: 'Complete',
    name: 'Complete answer',
    script: whole,
    status: 'complete',
    code: "if (status === 'complete' && finishReason === 'stop') {\n  save(text)\n}",
  },
  {
    id: 'length',
    group: 'Complete',
    name: 'Token limit',
    script: completionStream({ text: answer.slice(0, 70), finishReason: 'length' }, { delay }),
    status: 'complete',
    code: "if (finishReason === 'length') {\n  offer('Continue', () => start(continueFrom(text)))\n}",
  },
  {
    id: 'content-filter',
    group: 'Complete',
    name: 'Content filter',
    script: completionStream(
      { text: answer.slice(0, 70), finishReason: 'content-filter' },
      { delay },
    ),
    status: 'complete',
    code: "if (finishReason === 'content-filter') {\n  note('A content filter stopped this answer.')\n}",
  },
  {
    id: 'refusal',
    group: 'Complete',
    name: 'Refusal',
    script: completionStream({ refusal: 'I can’t help with that.' }, { delay }),
    status: 'complete',
    code: '// A separate field, never mixed into text:\n{refusal && <Refusal>{refusal}</Refusal>}',
  },
  {
    id: 'abort',
    group: 'Aborted',
    name: 'User abort',
    script: whole,
    abortAfter: 40,
    status: 'aborted',
    code: "<button onClick={abort}>Stop</button>\n\n// status 'aborted'; text holds what was received",
  },
  {
    id: 'rate-limit',
    group: 'HTTP',
    name: '429, with Retry-After',
    script: httpFailure(
      429,
      { error: { message: 'Rate limit reached for requests.', code: 'rate_limit_exceeded' } },
      { 'retry-after': '20' },
    ),
    status: 'error',
    kind: 'http',
    code: byKind('http', 'if (error.retryAfter) setTimeout(retry, error.retryAfter)'),
  },
  {
    id: 'server-error',
    group: 'HTTP',
    name: '500',
    script: httpFailure(500, { error: { message: 'The server had an error.' } }),
    status: 'error',
    kind: 'http',
    code: '// Or let the hook retry:\nuseStreamingCompletion({ url, retry: 2 })',
  },
  {
    id: 'unauthorized',
    group: 'HTTP',
    name: '401',
    script: httpFailure(401, { error: { message: 'You are not signed in.' } }),
    status: 'error',
    kind: 'http',
    code: byKind('http', 'if (error.status === 401) goToLogin()'),
  },
  {
    id: 'connect',
    group: 'Network',
    name: 'No connection',
    script: [new TypeError('Failed to fetch')],
    status: 'error',
    kind: 'network',
    code: byKind('network', "error.phase === 'connect' // nothing was sent"),
  },
  {
    id: 'cut',
    group: 'Network',
    name: 'Broken connection',
    script: partly('cut'),
    status: 'error',
    kind: 'network',
    code: byKind('network', "error.phase === 'body' // text holds what was received"),
  },
  ...(['response', 'firstToken', 'idle', 'total'] as const).map((name): Outcome => ({
    id: `timeout-${name}`,
    group: 'Timeout',
    name: `timeouts.${name}`,
    script:
      name === 'response'
        ? { ...whole, responseDelay: 60_000 }
        : name === 'firstToken'
          ? { steps: [{ send: ': thinking\n\n' }], end: 'stall' }
          : partly('stall'),
    // Leaves time for the first words while all other runs start.
    options: { timeouts: { [name]: 1500 } },
    status: 'error',
    kind: 'timeout',
    code: `useStreamingCompletion({ url, timeouts: { ${name}: 30_000 } })\n\n// error.timeout === '${name}'`,
  })),
  {
    id: 'truncated',
    group: 'Stream',
    name: 'End marker missing',
    script: partly('close'),
    status: 'error',
    kind: 'truncated',
    code: byKind('truncated', "offer('Try again', retry) // text is incomplete"),
  },
  {
    id: 'html',
    group: 'Stream',
    name: 'A login page, with status 200',
    script: body('<!doctype html><title>Sign in</title><h1>Sign in</h1>', 'text/html'),
    status: 'error',
    kind: 'protocol',
    code: byKind('protocol', 'report(error.message) // describes the response'),
  },
  {
    id: 'other-format',
    group: 'Stream',
    name: 'Unexpected format',
    script: completionStream({ text: answer }, { format: 'openai-chat', delay }),
    options: { format: 'openai-responses' },
    status: 'error',
    kind: 'protocol',
    code: "useStreamingCompletion({ url, format: 'auto' }) // the default detects it",
  },
  {
    id: 'malformed',
    group: 'Stream',
    name: 'Malformed JSON in mid-stream',
    script: {
      steps: [
        ...completionStream({ text: answer }, { delay, stopAfter: 16 }).steps,
        { send: 'data: {"type":"response.output_text.delta","delta":"a da\n\n' },
      ],
    },
    status: 'error',
    kind: 'protocol',
    code: byKind('protocol', 'report(error.message)'),
  },
  {
    id: 'api',
    group: 'Stream',
    name: 'Provider error in a 200 response',
    script: {
      steps: [
        ...completionStream({ text: answer }, { delay, stopAfter: 16 }).steps,
        {
          send: 'event: error\ndata: {"type":"error","code":"server_error","message":"The model is overloaded.","param":null}\n\n',
        },
      ],
    },
    status: 'error',
    kind: 'api',
    code: byKind('api', 'show(error.message, error.code)'),
  },
  {
    id: 'limit',
    group: 'Content',
    name: 'Length limit exceeded',
    script: whole,
    options: { limits: { textLength: 60 } },
    status: 'error',
    kind: 'limit',
    code: 'useStreamingCompletion({ url, limits: { textLength: 100_000 } })',
  },
  {
    id: 'moderation',
    group: 'Content',
    name: 'Flagged by moderation',
    script: whole,
    options: { moderate: moderationGate({ check: (text) => text.includes('screen') }) },
    status: 'error',
    kind: 'moderation',
    code: 'useStreamingCompletion({\n  url,\n  moderate: moderationGate({ check: yourModeration }),\n})',
  },
  {
    id: 'validation',
    group: 'Content',
    name: 'JSON that does not match its schema',
    script: completionStream({ text: '{"title":"Bread","minutes":"a while"}' }, { delay }),
    isObject: true,
    status: 'error',
    kind: 'validation',
    code: byKind('validation', 'show(error.issues)'),
  },
]
