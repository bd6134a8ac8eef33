import { isRecord, numberOf, recordOf, type JsonRecord } from '../../json/json-record.ts'

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

/** Reads the usage object of the Responses API or of the Completions APIs, by the names that servers use. */
export function usageOf(raw: unknown): Usage | undefined {
  if (!isRecord(raw)) return undefined
  const counts = inSnakeCase(raw)
  for (const side of ['input', 'prompt', 'output', 'completion']) {
    Object.assign(counts, inSnakeCase(counts[`${side}_tokens_details`]))
  }
  const count = (...names: string[]) =>
    names.map((name) => countOf(counts[name])).find((tokens) => tokens !== undefined)
  return {
    // The Responses API says input and output where the others say prompt and completion.
    inputTokens: count('input_tokens', 'prompt_tokens'),
    outputTokens: count('output_tokens', 'completion_tokens'),
    totalTokens: count('total_tokens'),
    reasoningTokens: count('reasoning_tokens'),
    cachedInputTokens: count('cached_tokens', 'cache_read_input_tokens', 'prompt_cache_hit_tokens'),
    cacheWriteTokens: count(
      'cache_write_tokens',
      'cache_creation_input_tokens',
      'cache_creation_tokens',
    ),
    raw,
  }
}

/** Some servers write the same names in camel case. */
function inSnakeCase(record: unknown): JsonRecord {
  return Object.fromEntries(
    Object.entries(recordOf(record)).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  )
}

/** A count may come as text. */
function countOf(value: unknown): number | undefined {
  return numberOf(typeof value === 'string' && value ? Number(value) : value)
}
