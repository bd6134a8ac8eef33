import type { CompletionFormat, FormatName } from 'use-streaming-completion/core'
import { agUi, aiSdkUi, anthropicMessages, gemini, ollama } from 'use-streaming-completion/core'
import { completionStream, type ScriptedStream } from 'use-streaming-completion/testing'
import { cutIntoWords } from './cut-into-words.ts'

/** A wire format. */
export interface Wire {
  readonly name: string
  /** The `format` option; `'auto'` detects the format. */
  readonly format: FormatName | CompletionFormat
  readonly code: string
  readonly stream: (text: string) => ScriptedStream
}

/** The time between two events, in milliseconds. */
const delay = 90

const auto = (name: string, stream: Wire['stream']): Wire => ({
  name,
  format: 'auto',
  code: "format: 'auto'",
  stream,
})

/** OpenAI's formats and plain variants, all detected automatically. */
export const openaiWires: readonly Wire[] = [
  auto('Responses', (text) => completionStream({ text }, { delay })),
  auto('Chat Completions', (text) => completionStream({ text }, { format: 'openai-chat', delay })),
  auto('Completions (legacy)', (text) =>
    completionStream({ text }, { format: 'openai-completions', delay }),
  ),
  auto('Newline-delimited JSON', (text) => {
    const { steps } = completionStream({ text }, { delay })
    const lines = steps.map(({ send }) => `${/^data: (.*)$/m.exec(String(send))?.[1] ?? ''}\n`)
    return streamOf(lines, 'application/x-ndjson')
  }),
  auto('Plain text', (text) => completionStream({ text }, { format: 'text', delay })),
]

/** Formats of other servers, each with an import. */
export const otherWires: readonly Wire[] = [
  {
    name: 'AI SDK UI stream',
    format: aiSdkUi,
    code: 'format: aiSdkUi',
    stream: (text) =>
      events([
        { type: 'start', messageId: 'msg_1' },
        { type: 'text-start', id: '0' },
        ...cutIntoWords(text).map((delta) => ({ type: 'text-delta', id: '0', delta })),
        { type: 'text-end', id: '0' },
        { type: 'finish' },
      ]),
  },
  {
    name: 'AG-UI',
    format: agUi,
    code: 'format: agUi',
    stream: (text) =>
      events([
        { type: 'RUN_STARTED', threadId: 't1', runId: 'r1' },
        { type: 'TEXT_MESSAGE_START', messageId: 'm1', role: 'assistant' },
        ...cutIntoWords(text).map((delta) => ({
          type: 'TEXT_MESSAGE_CONTENT',
          messageId: 'm1',
          delta,
        })),
        { type: 'TEXT_MESSAGE_END', messageId: 'm1' },
        { type: 'RUN_FINISHED', threadId: 't1', runId: 'r1' },
      ]),
  },
  {
    name: 'Anthropic Messages',
    format: anthropicMessages,
    code: 'format: anthropicMessages',
    stream: (text) =>
      events(
        [
          { type: 'message_start', message: { id: 'msg_1', role: 'assistant', content: [] } },
          { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
          ...cutIntoWords(text).map((each) => ({
            type: 'content_block_delta',
            index: 0,
            delta: { type: 'text_delta', text: each },
          })),
          { type: 'content_block_stop', index: 0 },
          { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
          { type: 'message_stop' },
        ],
        ({ type }) => `event: ${String(type)}\n`,
      ),
  },
  {
    name: 'Gemini',
    format: gemini,
    code: 'format: gemini',
    stream: (text) => {
      const candidate = (part: string, finishReason?: string) => ({
        candidates: [{ content: { role: 'model', parts: [{ text: part }] }, finishReason }],
      })
      return events([...cutIntoWords(text).map((each) => candidate(each)), candidate('', 'STOP')])
    },
  },
  {
    name: 'Ollama',
    format: ollama,
    code: 'format: ollama',
    stream: (text) => {
      const line = (content: string, done: boolean) =>
        `${JSON.stringify({ model: 'llama3', message: { role: 'assistant', content }, done })}\n`
      const lines = cutIntoWords(text).map((each) => line(each, false))
      return streamOf([...lines, line('', true)], 'application/x-ndjson')
    },
  },
]

function events(
  values: readonly Readonly<Record<string, unknown>>[],
  head: (value: Readonly<Record<string, unknown>>) => string = () => '',
): ScriptedStream {
  const frames = values.map((value) => `${head(value)}data: ${JSON.stringify(value)}\n\n`)
  return streamOf(frames, 'text/event-stream')
}

function streamOf(frames: readonly string[], contentType: string): ScriptedStream {
  return {
    headers: { 'content-type': contentType },
    steps: frames.map((send) => ({ send, delay })),
  }
}
