import { ApiError } from './api-error.ts'
import { chatFrames } from './chat-frames.ts'
import { chatEnvelope, finishedChat } from './chat-object.ts'
import type { Frame } from './frame.ts'
import { generate } from './generate.ts'
import { parseJsonObject, wrongType } from './generation-request.ts'
import type { JsonObject } from './generation-request.ts'
import { moderate } from './moderate.ts'
import { outcomeOf } from './outcome.ts'
import type { Random } from './random.ts'
import { readChatRequest } from './read-chat-request.ts'
import { readResponsesRequest } from './read-responses-request.ts'
import { responsesFrames } from './responses-frames.ts'
import { finishedResponse, responseEnvelope, unfinishedResponse } from './responses-object.ts'

/** The answer to a request, before it is sent. */
export type ModelAnswer =
  /** One JSON value, after the delay of a real model in milliseconds. */
  | { readonly type: 'object'; readonly value: unknown; readonly delay: number }
  /** A stream. With `cut`, the connection breaks after the last frame. */
  | { readonly type: 'stream'; readonly frames: readonly Frame[]; readonly cut: boolean }
  /** A response that is generated in the background, even while no client is connected. */
  | ({ readonly type: 'background' } & BackgroundAnswer)

export interface BackgroundAnswer {
  readonly id: string
  readonly frames: readonly Frame[]
  /** Whether the request asked for a stream. */
  readonly streams: boolean
  /** Whether every connection to this response breaks. */
  readonly breaks: boolean
  /** The response object for requests without a stream: unfinished and finished. */
  readonly unfinished: JsonObject
  readonly finished: JsonObject
}

/** How long an answer without a stream takes, in milliseconds. */
const thinkingTime = 800

/** How long a moderation takes, in milliseconds. */
const checkingTime = 120

/** `POST /v1/responses` @throws ApiError if the API would reject the request */
export function answerResponses(body: string, random: Random): ModelAnswer {
  const request = readResponsesRequest(parseJsonObject(body))
  const generation = generate(request)
  const envelope = responseEnvelope(request, random)
  const finished = finishedResponse(envelope, generation)
  if (!request.stream && !request.background) {
    return { type: 'object', value: finished, delay: thinkingTime }
  }
  const frames = responsesFrames(generation, envelope, random)
  if (!request.background) return { type: 'stream', frames, cut: generation.ending === 'cut' }
  return {
    type: 'background',
    id: envelope.id,
    frames,
    streams: request.stream,
    breaks: outcomeOf(request.prompt) === 'cut',
    unfinished: unfinishedResponse(envelope),
    finished,
  }
}

/** `POST /v1/chat/completions` @throws ApiError if the API would reject the request */
export function answerChat(body: string, random: Random): ModelAnswer {
  const request = readChatRequest(parseJsonObject(body))
  const generation = generate(request)
  const envelope = chatEnvelope(request, random)
  if (!request.stream) {
    return { type: 'object', value: finishedChat(envelope, generation), delay: thinkingTime }
  }
  const frames = chatFrames(generation, envelope, request.includeUsage, random)
  return { type: 'stream', frames, cut: generation.ending === 'cut' }
}

/** `POST /v1/moderations` @throws ApiError if the API would reject the request */
export function answerModerations(body: string, random: Random): ModelAnswer {
  const { input } = parseJsonObject(body)
  if (typeof input !== 'string') wrongType('input', 'a string')
  return { type: 'object', value: moderate(input, random), delay: checkingTime }
}

/** `starting_after` of https://platform.openai.com/docs/api-reference/responses/get */
export function startingAfter(query: URLSearchParams): number {
  const value = query.get('starting_after') ?? '-1'
  if (/^-?\d{1,9}$/.test(value)) return Number(value)
  throw new ApiError(400, "The parameter 'starting_after' must be an integer.", {
    param: 'starting_after',
  })
}

/** How many events of a background response one connection delivers before it breaks. */
export function connectionShare({ breaks, frames }: BackgroundAnswer): number {
  return breaks ? Math.ceil(frames.length / 3) : Infinity
}
