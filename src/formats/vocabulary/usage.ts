import { isRecord, numberIn, recordOf } from '../../json/json-record.ts'
import { plainNames } from '../../json/plain-names.ts'

/** The token counts of a completion, with the same names for all formats. */
export interface Usage {
  /** Tokens of the prompt. */
  readonly inputTokens: number | undefined
  /** Tokens of the answer, including reasoning. */
  readonly outputTokens: number | undefined
  /** Both together, as the provider counts them. */
  readonly totalTokens: number | undefined
  /** The part of `outputTokens` used for reasoning. */
  readonly reasoningTokens: number | undefined
  /** The part of `inputTokens` read from the provider's prompt cache. */
  readonly cachedInputTokens: number | undefined
  /** The part of `inputTokens` written to the provider's prompt cache. */
  readonly cacheWriteTokens: number | undefined
  /** The unmodified object. */
  readonly raw: unknown
}

/** Reads the usage object of the Responses API or the Completions APIs, under the names that servers use. */
export function usageOf(raw: unknown): Usage | undefined {
  if (!isRecord(raw)) return undefined
  const counts = plainNames(raw)
  for (const name of Object.keys(counts)) {
    if (name.endsWith('tokensdetails')) Object.assign(counts, plainNames(recordOf(counts[name])))
  }
  const count = (...names: string[]) =>
    names
      .flatMap((name) => [counts[`${name}tokens`], counts[`${name}tokencount`]])
      .map(numberIn)
      .find((tokens) => tokens !== undefined)
  return {
    // The Responses API uses input and output, the Completions APIs prompt and completion.
    inputTokens: count('input', 'prompt'),
    outputTokens: count('output', 'completion', 'candidates'),
    totalTokens: count('total'),
    reasoningTokens: count('reasoning', 'thoughts'),
    cachedInputTokens: count(
      'cached',
      'cacheread',
      'cachereadinput',
      'promptcachehit',
      'precachedprompt',
    ),
    cacheWriteTokens: count('cachewrite', 'cachecreation', 'cachecreationinput'),
    raw,
  }
}
