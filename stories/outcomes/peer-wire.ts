/** How the protocol of another library's hook writes the parts of a stream. */
export interface PeerWire {
  readonly headers: Readonly<Record<string, string>>
  readonly open: readonly string[]
  readonly delta: (text: string) => string
  readonly finish: (reason: string) => readonly string[]
  readonly error: (message: string) => string
  /** An event whose JSON is cut off. */
  readonly malformed: string
}

const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`

/** The UI message stream of the AI SDK. */
export const aiSdkWire: PeerWire = {
  headers: { 'content-type': 'text/event-stream', 'x-vercel-ai-ui-message-stream': 'v1' },
  open: [event({ type: 'start' }), event({ type: 'text-start', id: '0' })],
  delta: (delta) => event({ type: 'text-delta', id: '0', delta }),
  finish: (finishReason) => [event({ type: 'finish', finishReason }), 'data: [DONE]\n\n'],
  error: (errorText) => event({ type: 'error', errorText }),
  malformed: 'data: {"type":"text-delta","id":"0","delta":"a da\n\n',
}

const run = { threadId: 'thread_1', runId: 'run_1' }
const message = { messageId: 'message_1' }

/** AG-UI, as a server of TanStack AI sends it. */
export const tanStackWire: PeerWire = {
  headers: { 'content-type': 'text/event-stream' },
  open: [
    event({ type: 'RUN_STARTED', ...run }),
    event({ type: 'TEXT_MESSAGE_START', ...message, role: 'assistant' }),
  ],
  delta: (delta) => event({ type: 'TEXT_MESSAGE_CONTENT', ...message, delta }),
  finish: (reason) => [
    event({ type: 'TEXT_MESSAGE_END', ...message }),
    event({
      type: 'RUN_FINISHED',
      ...run,
      metadata: { tanstack: { finishReason: reason.replace('-', '_') } },
    }),
  ],
  error: (text) => event({ type: 'RUN_ERROR', message: text }),
  malformed: 'data: {"type":"TEXT_MESSAGE_CONTENT","messageId":"message_1","delta":"a da\n\n',
}
