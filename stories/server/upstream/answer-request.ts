import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { ApiError } from '../../model/api-error.ts'
import { BackgroundResponse } from './background-response.ts'
import type { BackgroundStore, StoredResponse } from './background-store.ts'
import { chatFrames } from '../../model/chat-frames.ts'
import { chatEnvelope, finishedChat } from '../../model/chat-object.ts'
import type { Frame } from '../../model/frame.ts'
import { generate } from '../../model/generate.ts'
import { parseJsonObject, wrongType } from '../../model/generation-request.ts'
import { moderate } from '../../model/moderate.ts'
import { outcomeOf } from '../../model/outcome.ts'
import { randomHex } from '../../model/random.ts'
import type { Random } from '../../model/random.ts'
import { readChatRequest } from '../../model/read-chat-request.ts'
import { readResponsesRequest } from '../../model/read-responses-request.ts'
import type { LoggedRequest } from './request-log.ts'
import { responsesFrames } from '../../model/responses-frames.ts'
import { finishedResponse, responseEnvelope, unfinishedResponse } from '../../model/responses-object.ts'
import { sendBackground } from './send-background.ts'
import { sendStream } from './send-stream.ts'

interface Circumstances {
  readonly apiKey: string
  readonly logged: LoggedRequest
  readonly random: Random
  readonly speed: number
  readonly signal: AbortSignal
  readonly store: BackgroundStore
}

/** What one request is answered with. */
type Answer =
  | { type: 'object'; value: unknown; delay: number }
  | { type: 'stream'; frames: readonly Frame[]; cut: boolean }
  | { type: 'background'; stored: StoredResponse; after: number }

/** Answers one request as the API would, and never rejects. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  circumstances: Circumstances,
): Promise<void> {
  const { random, signal, speed, logged } = circumstances
  response.setHeader('x-request-id', `req_${randomHex(random, 32)}`)
  try {
    requireKey(request, circumstances.apiKey)
    const answer = await route(request, logged, circumstances)
    if (answer.type === 'object') {
      await wait(answer.delay / speed, undefined, { signal })
      sendJson(response, 200, answer.value)
      return
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    })
    response.flushHeaders()
    if (answer.type === 'background') {
      const { after, stored } = answer
      await sendBackground(response, stored.response, { after, breaks: stored.breaks, signal })
      return
    }
    await sendStream(response, answer.frames, { random, speed, signal })
    if (answer.cut) response.destroy()
    else response.end()
  } catch (error) {
    if (signal.aborted) return
    const known =
      error instanceof ApiError
        ? error
        : new ApiError(500, 'Something went wrong on this side.', { type: 'server_error' })
    sendJson(response, known.status, known.body, known.headers)
  }
}

/** How long a whole answer takes that nobody sees being written, in milliseconds. */
const thinkingTime = 800

/** How long a moderation takes, in milliseconds. */
const checkingTime = 120

async function route(
  request: IncomingMessage,
  logged: LoggedRequest,
  circumstances: Circumstances,
): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  const endpoint = `${request.method ?? ''} ${pathname}`
  const [, id, cancels] = /^\/v1\/responses\/(\w+)(\/cancel)?$/.exec(pathname) ?? []

  if (endpoint === 'POST /v1/responses') {
    logged.body = await text(request)
    return createResponse(logged.body, circumstances)
  }
  if (endpoint === 'POST /v1/chat/completions') {
    logged.body = await text(request)
    return createChat(logged.body, circumstances)
  }
  if (endpoint === 'POST /v1/moderations') {
    logged.body = await text(request)
    const { input } = parseJsonObject(logged.body)
    if (typeof input !== 'string') wrongType('input', 'a string')
    return { type: 'object', value: moderate(input, circumstances.random), delay: checkingTime }
  }
  if (id !== undefined && (cancels ? request.method === 'POST' : request.method === 'GET')) {
    const stored = circumstances.store.get(id)
    if (cancels) stored.response.cancel()
    if (!cancels && searchParams.get('stream') === 'true') {
      return { type: 'background', stored, after: startingAfter(searchParams) }
    }
    return { type: 'object', value: stored.response.object, delay: 0 }
  }
  throw new ApiError(404, `There is nothing at ${request.method ?? ''} ${request.url ?? ''}.`)
}

/** `starting_after` of https://platform.openai.com/docs/api-reference/responses/get */
function startingAfter(query: URLSearchParams): number {
  const value = query.get('starting_after') ?? '-1'
  if (/^-?\d{1,9}$/.test(value)) return Number(value)
  throw new ApiError(400, "The parameter 'starting_after' must be an integer.", {
    param: 'starting_after',
  })
}

function createResponse(body: string, { random, speed, store }: Circumstances): Answer {
  const request = readResponsesRequest(parseJsonObject(body))
  const generation = generate(request)
  const envelope = responseEnvelope(request, random)
  const finished = finishedResponse(envelope, generation)
  if (!request.stream && !request.background) {
    return { type: 'object', value: finished, delay: thinkingTime }
  }
  const frames = responsesFrames(generation, envelope, random)
  if (!request.background) return { type: 'stream', frames, cut: generation.ending === 'cut' }

  const unfinished = unfinishedResponse(envelope)
  const stored = {
    response: new BackgroundResponse({ frames, unfinished, finished }, { random, speed }),
    breaks: outcomeOf(request.prompt) === 'cut',
  }
  store.add(envelope.id, stored)
  return request.stream
    ? { type: 'background', stored, after: -1 }
    : { type: 'object', value: unfinished, delay: 0 }
}

function createChat(body: string, { random }: Circumstances): Answer {
  const request = readChatRequest(parseJsonObject(body))
  const generation = generate(request)
  const envelope = chatEnvelope(request, random)
  if (!request.stream) {
    return { type: 'object', value: finishedChat(envelope, generation), delay: thinkingTime }
  }
  const frames = chatFrames(generation, envelope, request.includeUsage, random)
  return { type: 'stream', frames, cut: generation.ending === 'cut' }
}

function requireKey(request: IncomingMessage, apiKey: string): void {
  const { authorization } = request.headers
  if (authorization === `Bearer ${apiKey}`) return
  throw authorization === undefined
    ? new ApiError(
        401,
        'No API key was sent. It belongs in the Authorization header, as a Bearer token.',
      )
    : new ApiError(401, 'This API key is not valid.', { code: 'invalid_api_key' })
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
