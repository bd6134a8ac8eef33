import { onTestFinished } from 'vitest'
import {
  createConversation,
  responsesConversation,
  type AssistantTurn,
  type Conversation,
  type ConversationOptions,
  type ResponsesRequest,
  type UserInput,
} from '../../../src/conversation.ts'
import {
  completionStream,
  createControlledFetch,
  type ControlledRequest,
  type ScriptFormat,
} from '../../../src/testing.ts'
import type { ScriptedCompletion } from '../../../src/testing/completion-script.ts'

type Options = Partial<ConversationOptions<UserInput, ResponsesRequest>>

export interface Talk {
  conversation: Conversation<UserInput, ResponsesRequest>
  /** All requests so far. */
  requests: readonly ControlledRequest[]
  /** The next request that was made. */
  nextRequest: () => Promise<ControlledRequest>
  /** Answers the next request completely, and waits until the answer has been read. */
  answer: (completion: ScriptedCompletion) => Promise<void>
}

/** A conversation whose requests the test answers. */
export function startTalk(options: Options = {}): Talk {
  const { fetch, requests, nextRequest } = createControlledFetch()
  const conversation = createConversation<UserInput, ResponsesRequest>({
    url: '/api',
    api: responsesConversation,
    publish: 'sync',
    fetch,
    ...options,
  })
  onTestFinished(() => conversation.clear())
  return {
    conversation,
    requests,
    nextRequest,
    async answer(completion) {
      reply(await nextRequest(), completion)
      await rest()
    },
  }
}

/** Answers a request completely. */
export function reply(
  request: ControlledRequest,
  completion: ScriptedCompletion,
  format: ScriptFormat = 'openai-responses',
): void {
  request.respond()
  for (const { send } of completionStream(completion, { format }).steps) request.send(send)
  request.end()
}

/** Sends the beginning of an answer, and leaves it open. */
export function begin(request: ControlledRequest, text: string, responseId = 'resp_cut'): void {
  const { steps } = completionStream({ text, responseId }, { deltaLength: text.length })
  request.respond()
  // Up to the text, without the end of the text or of the answer.
  for (const { send } of steps.slice(0, 3)) request.send(send)
}

/** Lets everything run that does not wait for a timer or an answer. */
export async function rest(): Promise<void> {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** The body of a request. */
export function bodyOf(request: ControlledRequest): ResponsesRequest {
  return JSON.parse(request.init.body as string) as ResponsesRequest
}

/** The answers that are shown. */
export function answersOf({ getState }: Pick<Conversation, 'getState'>): AssistantTurn[] {
  return getState().turns.filter((turn) => turn.role === 'assistant')
}

/** The displayed turns, one per line. */
export function outline({ getState }: Pick<Conversation, 'getState'>): string[] {
  return getState().turns.map((turn) =>
    turn.role === 'user' ? `user: ${turn.text}` : `${turn.status}: ${turn.text}`,
  )
}
