import type { SettledState } from 'use-streaming-completion'
import type { Api } from '../playground/request-body.ts'
import { forecastParameters } from './forecast.ts'

const model = 'gpt-4.1-mini'
const name = 'get_forecast'

/** The output of a tool call. */
export interface ToolOutput {
  readonly callId: string
  readonly output: string
}

/** The first turn: the question and the offered tools. */
export function firstTurn(api: Api, prompt: string): object {
  return api === 'responses'
    ? { model, stream: true, tools: [responsesTool], input: [{ role: 'user', content: prompt }] }
    : { model, stream: true, tools: [chatTool], messages: [{ role: 'user', content: prompt }] }
}

/**
 * The turn with the tool outputs. The Responses API remembers the previous turn and gets
 * only the outputs; Chat Completions gets the whole conversation again.
 */
export function nextTurn(
  api: Api,
  prompt: string,
  asked: SettledState,
  outputs: readonly ToolOutput[],
): object {
  if (api === 'responses') {
    return {
      model,
      stream: true,
      tools: [responsesTool],
      previous_response_id: asked.responseId,
      input: outputs.map(({ callId, output }) => ({
        type: 'function_call_output',
        call_id: callId,
        output,
      })),
    }
  }
  return {
    model,
    stream: true,
    tools: [chatTool],
    messages: [
      { role: 'user', content: prompt },
      {
        role: 'assistant',
        content: asked.text || null,
        tool_calls: asked.toolCalls.map((call) => ({
          id: call.id,
          type: 'function',
          function: { name: call.name, arguments: call.arguments },
        })),
      },
      ...outputs.map(({ callId, output }) => ({
        role: 'tool',
        tool_call_id: callId,
        content: output,
      })),
    ],
  }
}

const responsesTool = { type: 'function', name, parameters: forecastParameters, strict: true }

const chatTool = {
  type: 'function',
  function: { name, parameters: forecastParameters, strict: true },
}
