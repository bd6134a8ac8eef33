import { isRecord, numberOf } from './json.ts'

/** How many tokens a completion took, under one set of names for all formats. */
export interface Usage {
  /** Tokens of the prompt. */
  readonly inputTokens: number | undefined
  /** Tokens of the answer, reasoning included. */
  readonly outputTokens: number | undefined
  /** Both together, as the provider counts them. */
  readonly totalTokens: number | undefined
  /** The part of `outputTokens` that went into reasoning. */
  readonly reasoningTokens: number | undefined
  /** The part of `inputTokens` that was served from the provider's prompt cache. */
  readonly cachedInputTokens: number | undefined
  /** The object of the wire as it came. */
  readonly raw: unknown
}

/** Reads the usage object of the Responses API or of the Completions APIs. */
export function usageOf(raw: unknown): Usage | undefined {
  if (!isRecord(raw)) return undefined
  const inputDetails = raw['input_tokens_details'] ?? raw['prompt_tokens_details']
  const outputDetails = raw['output_tokens_details'] ?? raw['completion_tokens_details']
  return {
    inputTokens: numberOf(raw['input_tokens'] ?? raw['prompt_tokens']),
    outputTokens: numberOf(raw['output_tokens'] ?? raw['completion_tokens']),
    totalTokens: numberOf(raw['total_tokens']),
    reasoningTokens: isRecord(outputDetails)
      ? numberOf(outputDetails['reasoning_tokens'])
      : undefined,
    cachedInputTokens: isRecord(inputDetails) ? numberOf(inputDetails['cached_tokens']) : undefined,
    raw,
  }
}
