import { readFile } from 'node:fs/promises'
import OpenAI from 'openai'
import { bytesOf } from '../../support/read-body.ts'
import { deferred } from './abort-at-first-text.ts'
import { startServer } from './start-server.ts'

const folder = new URL('../../fixtures/wire/', import.meta.url)

/** A recorded body, and the expected result of reading it. */
export async function recording(name: string): Promise<{ body: string; expected: Expected }> {
  const [body, expected] = await Promise.all([
    readFile(new URL(`${name}.sse`, folder), 'utf8'),
    readFile(new URL(`${name}.expect.json`, folder), 'utf8'),
  ])
  return { body, expected: JSON.parse(expected) as Expected }
}

interface Expected {
  text: string
  reasoning: string
  toolCalls: { id: string; name: string; arguments: string }[]
  usage: unknown
  responseId: string
  model: string
}

export interface OpenAIServer {
  url: string
  client: OpenAI
  /** The bodies of the requests so far. */
  requests: unknown[]
  /** Resolves when a client has closed the connection before the body's end. */
  closed: Promise<void>
}

/** An OpenAI API that answers everything with one body, and the `openai` package's client for it. */
export async function startOpenAIServer(
  body: string,
  { staysOpen = false, init = {} }: { staysOpen?: boolean; init?: ResponseInit } = {},
): Promise<OpenAIServer> {
  const requests: unknown[] = []
  const closed = deferred()
  const url = await startServer(async (request) => {
    requests.push(await request.json())
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytesOf(body))
        if (!staysOpen) controller.close()
      },
      cancel: () => closed.resolve(),
    })
    return new Response(stream, {
      headers: { 'content-type': 'text/event-stream' },
      ...init,
    })
  })
  const client = new OpenAI({ apiKey: 'none', baseURL: url, maxRetries: 0 })
  return { url, client, requests, closed: closed.promise }
}
