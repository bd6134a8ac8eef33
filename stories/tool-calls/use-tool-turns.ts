import { useState } from 'react'
import { useStreamingCompletion, type ToolCall } from 'use-streaming-completion'
import { useConnection } from '../connection/connection.tsx'
import type { Api } from '../playground/request-body.ts'
import { getForecast } from './forecast.ts'
import { firstTurn, nextTurn, type ToolOutput } from './turns.ts'

/** A finished call with its output. */
export interface FinishedCall {
  readonly call: ToolCall
  readonly output: string
}

/** Sends the question, runs the requested tools and sends their outputs, until the model answers. */
export function useToolTurns(url: string, api: Api) {
  const { fetch } = useConnection()
  const completion = useStreamingCompletion<object>({ url, fetch })
  const [finished, setFinished] = useState<readonly FinishedCall[]>([])

  async function ask(prompt: string): Promise<void> {
    setFinished([])
    let result = await completion.start(firstTurn(api, prompt))
    // An abort, an error or a new question ends the loop: the state is not `complete`.
    while (result.status === 'complete' && result.finishReason === 'tool-calls') {
      const calls = result.toolCalls.map((call) => ({ call, output: getForecast(call.input) }))
      setFinished((before) => [...before, ...calls])
      const outputs: ToolOutput[] = calls.map(({ call, output }) => ({ callId: call.id, output }))
      result = await completion.start(nextTurn(api, prompt, result, outputs))
    }
  }

  return { completion, finished, ask }
}
