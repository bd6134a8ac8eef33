import { isRecord, numberOf, recordOf } from '../../json/json-record.ts'
import { plainNames } from '../../json/plain-names.ts'

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
  const counts = plainNames(raw)
  for (const name of Object.keys(counts)) {
    if (name.endsWith('tokensdetails')) Object.assign(counts, plainNames(recordOf(counts[name])))
  }
  const count = (...names: string[]) =>
    names
      .flatMap((name) => [counts[`${name}tokens`], counts[`${name}tokencount`]])
      .map(countOf)
      .find((tokens) => tokens !== undefined)
  return {
    // The Responses API says input and output where the others say prompt and completion.
    inputTokens: count('input', 'prompt'),
    outputTokens: count('output', 'completion', 'candidates'),
    totalTokens: count('total'),
    reasoningTokens: count('reasoning', 'thoughts'),
    cachedInputTokens: count('cached', 'cacheread', 'cachereadinput', 'promptcachehit'),
    cacheWriteTokens: count('cachewrite', 'cachecreation', 'cachecreationinput'),
    raw,
  }
}

/** A count may come as text. */
function countOf(value: unknown): number | undefined {
  return numberOf(typeof value === 'string' && value ? Number(value) : value)
}
