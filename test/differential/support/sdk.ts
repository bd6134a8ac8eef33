import OpenAI from 'openai'
import { ChatCompletionStream } from 'openai/lib/ChatCompletionStream'
import { ResponseStream } from 'openai/lib/responses/ResponseStream'
import type { ChatCompletion } from 'openai/resources/chat/completions'
import type { Response as ResponseObject } from 'openai/resources/responses/responses'
import { responseOf, type Bytes } from '../../support/read-body.ts'

/** The result of an accumulator of the `openai` package for the same bytes, or the error that it threw. */
export type Accumulated<T> = { result: T; thrown?: never } | { result?: never; thrown: Error }

function clientOn(chunks: readonly Bytes[]): OpenAI {
  return new OpenAI({
    apiKey: 'none',
    maxRetries: 0,
    logLevel: 'off',
    fetch: () => Promise.resolve(responseOf(chunks)),
  })
}

async function settled<T>(result: Promise<T>): Promise<Accumulated<T>> {
  try {
    return { result: await result }
  } catch (thrown) {
    return { thrown: thrown as Error }
  }
}

export function accumulateResponse(chunks: readonly Bytes[]): Promise<Accumulated<ResponseObject>> {
  return settled(clientOn(chunks).responses.stream({ model: 'm', input: 'i' }).finalResponse())
}

export function accumulateChat(chunks: readonly Bytes[]): Promise<Accumulated<ChatCompletion>> {
  return settled(
    clientOn(chunks).chat.completions.stream({ model: 'm', messages: [] }).finalChatCompletion(),
  )
}

/** The same accumulators for the lines of the package's `toReadableStream()`. */
export function accumulateLines(
  format: 'openai-responses' | 'openai-chat',
  chunks: readonly Bytes[],
): Promise<Accumulated<ResponseObject | ChatCompletion>> {
  const body = responseOf(chunks).body!
  return settled<ResponseObject | ChatCompletion>(
    format === 'openai-chat'
      ? ChatCompletionStream.fromReadableStream(body).finalChatCompletion()
      : ResponseStream.fromReadableStream(body).finalResponse(),
  )
}
