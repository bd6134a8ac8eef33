import { isRecord, numberOf, recordOf } from '../../json/json-record.ts'

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
  /** The part of `inputTokens` that was written to the provider's prompt cache. */
  readonly cacheWriteTokens: number | undefined
  /** The object of the wire as it came. */
  readonly raw: unknown
}

/** Reads the usage object of the Responses API or of the Completions APIs. */
export function usageOf(raw: unknown): Usage | undefined {
  if (!isRecord(raw)) return undefined
  // The Responses API says input and output where the others say prompt and completion.
  const side = (name: string, older: string) => ({
    tokens: numberOf(raw[`${name}_tokens`] ?? raw[`${older}_tokens`]),
    details: recordOf(raw[`${name}_tokens_details`] ?? raw[`${older}_tokens_details`]),
  })
  const input = side('input', 'prompt')
  const output = side('output', 'completion')
  return {
    inputTokens: input.tokens,
    outputTokens: output.tokens,
    totalTokens: numberOf(raw['total_tokens']),
    reasoningTokens: numberOf(output.details['reasoning_tokens']),
    cachedInputTokens: numberOf(input.details['cached_tokens']),
    cacheWriteTokens: numberOf(input.details['cache_write_tokens']),
    raw,
  }
}
