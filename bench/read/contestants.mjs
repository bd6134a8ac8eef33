/** Each reads a response to its end and returns its text. `wires` lists the formats that it can read. */
import { parseJsonEventStream, uiMessageChunkSchema } from 'ai'
import { createParser } from 'eventsource-parser'
import { Stream } from 'openai/core/streaming'
import { aiSdkUi, openaiChat, openaiResponses, readCompletion } from '../../dist/core.js'

const deltaOf = {
  responses: (json) => (json.type === 'response.output_text.delta' ? json.delta : ''),
  chat: (json) => json.choices[0]?.delta.content ?? '',
  'ai-sdk': (json) => (json.type === 'text-delta' ? json.delta : ''),
}

const ownFormats = { responses: openaiResponses, chat: openaiChat, 'ai-sdk': aiSdkUi }

async function readWith(response, options) {
  const { status, text } = await readCompletion(response, options).result
  if (status !== 'complete') throw new Error(`use-streaming-completion ended as ${status}`)
  return text
}

export const contestants = [
  {
    name: 'floor',
    wires: ['responses', 'chat', 'ai-sdk'],
    /** The minimum for reading: the parser, `JSON.parse`, and concatenation. */
    async read(response, wire) {
      let text = ''
      const parser = createParser({
        onEvent({ data }) {
          if (data !== '[DONE]') text += deltaOf[wire](JSON.parse(data))
        },
      })
      const decoder = new TextDecoder()
      for await (const bytes of response.body) parser.feed(decoder.decode(bytes, { stream: true }))
      return text
    },
  },
  {
    name: 'use-streaming-completion',
    wires: ['responses', 'chat', 'ai-sdk'],
    read: (response, wire) =>
      readWith(response, wire === 'ai-sdk' ? { format: aiSdkUi } : undefined),
  },
  {
    name: 'use-streaming-completion, format named',
    wires: ['responses', 'chat'],
    read: (response, wire) => readWith(response, { format: ownFormats[wire] }),
  },
  {
    name: 'use-streaming-completion, with onEvent',
    wires: ['responses', 'chat'],
    read: (response) => readWith(response, { onEvent: () => undefined }),
  },
  {
    name: 'openai Stream',
    wires: ['responses', 'chat'],
    async read(response, wire) {
      let text = ''
      const stream = Stream.fromSSEResponse(response, new AbortController())
      for await (const event of stream) text += deltaOf[wire](event)
      return text
    },
  },
  {
    name: 'ai parseJsonEventStream',
    wires: ['ai-sdk'],
    async read(response) {
      let text = ''
      const stream = parseJsonEventStream({ stream: response.body, schema: uiMessageChunkSchema })
      for await (const part of stream) {
        if (!part.success) throw part.error
        text += deltaOf['ai-sdk'](part.value)
      }
      return text
    },
  },
]
