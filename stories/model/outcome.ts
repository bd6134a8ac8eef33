/** How the embedded upstream ends an answer. */
export type Outcome =
  'whole' | 'refusal' | 'token-limit' | 'rate-limit' | 'error' | 'cut' | 'flagged'

/**
 * A prompt can request an outcome that a real model rarely produces. The phrases are long
 * enough not to match ordinary questions, such as one about rate limits.
 */
const requests: readonly (readonly [Outcome, RegExp])[] = [
  ['refusal', /\brefuse (this|to answer)\b/i],
  ['token-limit', /\b(hit|run into) the token limit\b/i],
  ['rate-limit', /\brate.limit me\b/i],
  ['error', /\bfail (mid|in the middle)/i],
  ['flagged', /\bslip something past the moderation\b/i],
  ['cut', /\b(cut|drop) the connection\b/i],
]

export function outcomeOf(prompt: string): Outcome {
  return requests.find(([, phrase]) => phrase.test(prompt))?.[0] ?? 'whole'
}
