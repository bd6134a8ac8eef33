import { randomHex } from './random.ts'
import type { Random } from './random.ts'
import type { JsonObject } from './generation-request.ts'

/** Harmless words that the demo flags in place of harmful content. */
const flagged = /\bcontraband\b/i

/** The answer of `POST /v1/moderations` (https://platform.openai.com/docs/api-reference/moderations). */
export function moderate(input: string, random: Random): JsonObject {
  const illicit = flagged.test(input)
  return {
    id: `modr-${randomHex(random, 32)}`,
    model: 'omni-moderation-latest',
    results: [
      {
        flagged: illicit,
        categories: { illicit, violence: false },
        category_scores: { illicit: illicit ? 0.97 : 0.0004, violence: 0.0002 },
        category_applied_input_types: { illicit: ['text'], violence: ['text'] },
      },
    ],
  }
}
