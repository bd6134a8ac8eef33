import { z } from 'zod'

/** The schema that the model gets and the answer must match. */
export const recipe = z.object({
  title: z.string(),
  summary: z.string(),
  servings: z.number().int().positive(),
  minutes: z.number().positive(),
  vegetarian: z.boolean(),
  ingredients: z.array(z.object({ name: z.string(), amount: z.number(), unit: z.string() })),
  steps: z.array(z.string()).min(1),
  tip: z.string(),
})

/** The request to the Responses API. */
export function recipeRequest(prompt: string): object {
  return {
    model: 'gpt-4.1-mini',
    input: prompt,
    stream: true,
    text: {
      format: { type: 'json_schema', name: 'recipe', schema: z.toJSONSchema(recipe), strict: true },
    },
  }
}
