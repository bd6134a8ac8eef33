import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { Mistral } from '@mistralai/mistralai'
import OpenAI from 'openai'

/** The scenarios that are about one request to a model, with nothing around it. */
const onlyOfServers = ['server-tool', 'approval', 'retry', 'reset-step']
const apiKey = 'none'
const prompt = 'When is low tide?'
const messages = [{ role: 'user', content: prompt }]
const lines = { 'content-type': 'application/x-ndjson' }

/** A proxy that reads the chunks of an SDK and writes each as an event, as its documentation shows. */
function asEvents(chunks, dataOf = (chunk) => chunk) {
  const encoder = new TextEncoder()
  const body = new ReadableStream({
    async start(controller) {
      try {
        for await (const chunk of chunks) {
          controller.enqueue(encoder.encode(`data: ${JSON.stringify(dataOf(chunk))}\n\n`))
        }
        controller.close()
      } catch (error) {
        controller.error(error)
      }
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

const openai = (url) => new OpenAI({ baseURL: url, apiKey, maxRetries: 0 })

export const producers = [
  {
    name: 'openai-responses-readable',
    about: 'responses.create({ stream: true }).toReadableStream() of openai',
    packages: ['openai'],
    format: 'auto',
    async respond({ url, signal }) {
      const params = { model: 'tide-1', input: prompt, stream: true }
      const stream = await openai(`${url}/openai`).responses.create(params, { signal })
      return new Response(stream.toReadableStream(), { headers: lines })
    },
  },
  {
    name: 'openai-chat-readable',
    about: 'chat.completions.create({ stream: true }).toReadableStream() of openai',
    packages: ['openai'],
    format: 'auto',
    async respond({ url, signal }) {
      const params = { model: 'tide-1', messages, stream: true }
      const stream = await openai(`${url}/chat`).chat.completions.create(params, { signal })
      return new Response(stream.toReadableStream(), { headers: lines })
    },
  },
  {
    name: 'openai-chat-runner',
    about: 'chat.completions.stream().toReadableStream() of openai',
    packages: ['openai'],
    format: 'auto',
    respond({ url, signal }) {
      const params = { model: 'tide-1', messages }
      const stream = openai(`${url}/chat`).chat.completions.stream(params, { signal })
      return new Response(stream.toReadableStream(), { headers: lines })
    },
  },
  {
    name: 'anthropic-readable',
    about: 'messages.stream().toReadableStream() of @anthropic-ai/sdk',
    packages: ['@anthropic-ai/sdk'],
    format: 'anthropicMessages',
    respond({ url, signal }) {
      const client = new Anthropic({ baseURL: `${url}/anthropic`, apiKey, maxRetries: 0 })
      const params = { model: 'tide-1', max_tokens: 100, messages }
      const stream = client.messages.stream(params, { signal })
      return new Response(stream.toReadableStream(), { headers: lines })
    },
  },
  {
    name: 'google-genai',
    about: 'the chunks of generateContentStream() of @google/genai, each as an event',
    packages: ['@google/genai'],
    format: 'gemini',
    // Gemini's calls arrive complete.
    skip: ['cut-in-call'],
    async respond({ url, signal }) {
      const client = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: `${url}/google` } })
      const config = { abortSignal: signal }
      const params = { model: 'tide-1', contents: prompt, config }
      return asEvents(await client.models.generateContentStream(params))
    },
  },
  {
    name: 'mistral',
    about: 'the events of chat.stream() of @mistralai/mistralai, the data of each as an event',
    packages: ['@mistralai/mistralai'],
    format: 'auto',
    async respond({ url, signal }) {
      const client = new Mistral({ apiKey, serverURL: `${url}/mistral` })
      const params = { model: 'tide-1', messages }
      const stream = await client.chat.stream(params, { signal, retries: { strategy: 'none' } })
      return asEvents(stream, ({ data }) => data)
    },
  },
].map(({ skip = [], ...producer }) => ({ ...producer, skip: [...onlyOfServers, ...skip] }))
