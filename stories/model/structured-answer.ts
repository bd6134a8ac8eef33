import { ApiError } from './api-error.ts'

/** The structured answers of the embedded model, by the name of the schema. */
const answers: Readonly<Record<string, unknown>> = {
  recipe: {
    title: 'Weekend sourdough',
    summary:
      'A forgiving loaf with an open crumb. It asks for ten minutes of work and a day of patience.',
    servings: 8,
    minutes: 1500,
    vegetarian: true,
    ingredients: [
      { name: 'Bread flour', amount: 450, unit: 'g' },
      { name: 'Whole rye flour', amount: 50, unit: 'g' },
      { name: 'Water at 28 °C', amount: 360, unit: 'g' },
      { name: 'Ripe starter', amount: 100, unit: 'g' },
      { name: 'Sea salt', amount: 10, unit: 'g' },
    ],
    steps: [
      'Mix flour, water and starter until no dry flour is left. Rest for 40 minutes.',
      'Add the salt. Fold the dough four times, half an hour apart.',
      'Let it rise until it has grown by half; the bowl will tell you, not the clock.',
      'Shape it, flour a basket, and leave it in the fridge overnight.',
      'Bake at 250 °C: 20 minutes with the lid on, 20 without. 🍞',
    ],
    tip: 'Tap the bottom: a loaf that is done sounds hollow.',
  },
}

/** @throws ApiError for an unknown schema */
export function structuredAnswer(schemaName: string): string {
  const answer = Object.hasOwn(answers, schemaName) ? answers[schemaName] : undefined
  if (answer !== undefined) return JSON.stringify(answer)
  const known = Object.keys(answers).join(', ')
  throw new ApiError(400, `The embedded model knows only the schemas named ${known}.`, {
    param: 'text.format.name',
  })
}
