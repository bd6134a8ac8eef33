import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import {
  answerChat,
  answerModerations,
  answerResponses,
  startingAfter,
} from '../../model/answer-request.ts'
import type { ModelAnswer } from '../../model/answer-request.ts'
import { ApiError } from '../../model/api-error.ts'
import { requestUrl } from '../request-url.ts'
import { randomHex } from '../../model/random.ts'
import type { Random } from '../../model/random.ts'
import { BackgroundResponse } from './background-response.ts'
import type { BackgroundStore } from './background-store.ts'
import type { LoggedRequest } from './request-log.ts'
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

/** The answer to one request. */
type Answer =
  | Exclude<ModelAnswer, { type: 'background' }>
  | { type: 'background'; response: BackgroundResponse; after: number }

/** Answers one request as the API does. Never rejects. */
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
      await sendBackground(response, answer.response, { after: answer.after, signal })
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

async function route(
  request: IncomingMessage,
  logged: LoggedRequest,
  circumstances: Circumstances,
): Promise<Answer> {
  const { pathname, searchParams } = requestUrl(request) ?? {
    pathname: '',
    searchParams: new URLSearchParams(),
  }
  const endpoint = `${request.method ?? ''} ${pathname}`
  const [, id, cancels] = /^\/v1\/responses\/(\w+)(\/cancel)?$/.exec(pathname) ?? []

  if (endpoint === 'POST /v1/responses') {
    logged.body = await text(request)
    return following(answerResponses(logged.body, circumstances.random), circumstances)
  }
  if (endpoint === 'POST /v1/chat/completions') {
    logged.body = await text(request)
    return following(answerChat(logged.body, circumstances.random), circumstances)
  }
  if (endpoint === 'POST /v1/moderations') {
    logged.body = await text(request)
    return following(answerModerations(logged.body, circumstances.random), circumstances)
  }
  if (id !== undefined && (cancels ? request.method === 'POST' : request.method === 'GET')) {
    const response = circumstances.store.get(id)
    if (cancels) response.cancel()
    if (!cancels && searchParams.get('stream') === 'true') {
      return { type: 'background', response, after: startingAfter(searchParams) }
    }
    return { type: 'object', value: response.object, delay: 0 }
  }
  throw new ApiError(404, `There is nothing at ${request.method ?? ''} ${request.url ?? ''}.`)
}

/** Starts background responses; all other answers are sent directly. */
function following(answer: ModelAnswer, { random, speed, store }: Circumstances): Answer {
  if (answer.type !== 'background') return answer
  const response = new BackgroundResponse(answer, { random, speed })
  store.add(answer.id, response)
  return answer.streams
    ? { type: 'background', response, after: -1 }
    : { type: 'object', value: answer.unfinished, delay: 0 }
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
