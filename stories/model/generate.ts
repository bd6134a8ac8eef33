import { answerTo } from './answer.ts'
import type { Answer } from './answer.ts'
import { ApiError } from './api-error.ts'
import type { GenerationRequest } from './generation-request.ts'
import { outcomeOf } from './outcome.ts'
import { structuredAnswer } from './structured-answer.ts'
import { tokensOf } from './tokens.ts'
import { answerToOutputs, toolRequests } from './tool-calls.ts'

/** One answer cut into tokens, independent of the API. */
export interface Generation {
  /** The tokens of each part of the reasoning summary. Empty unless the request asks for a summary. */
  readonly reasoning: readonly (readonly string[])[]
  readonly text: readonly string[]
  readonly refusal: readonly string[]
  /** The tool calls that replace the text, with their arguments cut into tokens. */
  readonly toolCalls: readonly { readonly name: string; readonly arguments: readonly string[] }[]
  readonly ending: 'stop' | 'length' | 'error' | 'cut'
  readonly usage: {
    readonly input: number
    readonly output: number
    readonly reasoning: number
  }
}

/** @throws ApiError if the API would reject the request. */
export function generate(request: GenerationRequest): Generation {
  const { prompt, model } = request
  const outcome = outcomeOf(prompt)
  if (outcome === 'rate-limit') throw rateLimit(model.id)

  const toolCalls = request.toolOutputs.length > 0 ? [] : toolRequests(prompt, request.tools)
  const answer = answerFor(request)
  const thoughtsOf = outcome === 'refusal' ? [refusalReasoning] : answer.reasoning
  const thinking = model.reasons ? thoughtsOf.map(tokensOf) : []
  const words = outcome === 'flagged' ? withContraband(answer.text) : answer.text
  const whole = outcome === 'refusal' || toolCalls.length > 0 ? [] : tokensOf(words)
  const limit = Math.min(
    request.maxOutputTokens ?? Infinity,
    outcome === 'token-limit' ? whole.length / 3 : Infinity,
  )
  // A background response continues after its connection is cut.
  const stopsEarly = outcome === 'error' || (outcome === 'cut' && !request.background)
  const text = whole.slice(0, stopsEarly ? whole.length / 4 : limit)
  const refusal = outcome === 'refusal' ? tokensOf(refusalText) : []
  const thoughts = thinking.reduce((count, part) => count + part.length, 0)
  return {
    reasoning: request.showReasoning ? thinking : [],
    text,
    refusal,
    toolCalls: toolCalls.map((call) => ({ ...call, arguments: tokensOf(call.arguments) })),
    ending: stopsEarly ? outcome : text.length < whole.length ? 'length' : 'stop',
    usage: {
      input: tokensOf(prompt).length + 7,
      output: thoughts + text.length + refusal.length,
      reasoning: thoughts,
    },
  }
}

/** A paragraph in the middle that the embedded moderation flags. */
function withContraband(text: string): string {
  const paragraphs = text.split('\n\n')
  const middle = Math.ceil(paragraphs.length / 2)
  return paragraphs.toSpliced(middle, 0, 'And here is where the contraband is kept.').join('\n\n')
}

function answerFor({ prompt, toolOutputs, schemaName }: GenerationRequest): Answer {
  if (toolOutputs.length > 0) return { reasoning: [], text: answerToOutputs(toolOutputs) }
  const answer = answerTo(prompt)
  if (schemaName !== undefined) return { ...answer, text: structuredAnswer(schemaName) }
  return answer
}

const refusalText =
  'I’m sorry, but I won’t help with that. If there is a safer side to what you are trying to do, tell me about it and I will gladly help there.'

const refusalReasoning =
  '**Checking the request**\n\nThe prompt asks for something that I should not do. I will decline, and offer help with a safer version of it.'

function rateLimit(model: string): ApiError {
  return new ApiError(
    429,
    `Too many tokens a minute for ${model}: 30000 are allowed, 29716 are used, 1284 were asked for. Try again in 2s.`,
    { type: 'tokens', code: 'rate_limit_exceeded', headers: { 'retry-after': '2' } },
  )
}
