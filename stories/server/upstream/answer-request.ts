import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { ApiError } from './api-error.ts'
import { chatFrames } from './chat-frames.ts'
import { chatEnvelope, finishedChat } from './chat-object.ts'
import type { Frame } from './frame.ts'
import { generate } from './generate.ts'
import { parseJsonObject } from './generation-request.ts'
import { randomHex } from './random.ts'
import type { Random } from './random.ts'
import { readChatRequest } from './read-chat-request.ts'
import { readResponsesRequest } from './read-responses-request.ts'
import type { LoggedRequest } from './request-log.ts'
import { responsesFrames } from './responses-frames.ts'
import { finishedResponse, responseEnvelope } from './responses-object.ts'
import { sendStream } from './send-stream.ts'

interface Circumstances {
  readonly apiKey: string
  readonly logged: LoggedRequest
  readonly random: Random
  readonly speed: number
  readonly signal: AbortSignal
}

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
    const read = routeOf(request)
    logged.body = await text(request)
    const answer = read(logged.body, random)
    if (answer.frames === undefined) {
      await wait(800 / speed, undefined, { signal })
      sendJson(response, 200, answer.whole)
      return
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
    })
    response.flushHeaders()
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

interface PreparedAnswer {
  readonly whole: unknown
  /** `undefined` unless a stream was asked for. */
  readonly frames: readonly Frame[] | undefined
  readonly cut: boolean
}

function routeOf(request: IncomingMessage): (body: string, random: Random) => PreparedAnswer {
  switch (`${request.method ?? ''} ${request.url ?? ''}`) {
    case 'POST /v1/responses':
      return prepareResponse
    case 'POST /v1/chat/completions':
      return prepareChat
    default:
      throw new ApiError(404, `There is nothing at ${request.method ?? ''} ${request.url ?? ''}.`)
  }
}

function prepareResponse(body: string, random: Random): PreparedAnswer {
  const request = readResponsesRequest(parseJsonObject(body))
  const generation = generate(request)
  const envelope = responseEnvelope(request, random)
  return {
    whole: finishedResponse(envelope, generation),
    frames: request.stream ? responsesFrames(generation, envelope, random) : undefined,
    cut: generation.ending === 'cut',
  }
}

function prepareChat(body: string, random: Random): PreparedAnswer {
  const request = readChatRequest(parseJsonObject(body))
  const generation = generate(request)
  const envelope = chatEnvelope(request, random)
  return {
    whole: finishedChat(envelope, generation),
    frames: request.stream
      ? chatFrames(generation, envelope, request.includeUsage, random)
      : undefined,
    cut: generation.ending === 'cut',
  }
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
