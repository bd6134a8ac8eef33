import { memo } from 'react'
import type { z } from 'zod'
import type { DeepPartial } from 'use-streaming-completion'
import type { recipe } from './recipe.ts'

type Recipe = DeepPartial<z.infer<typeof recipe>>
type Ingredient = NonNullable<Recipe['ingredients']>[number]

/** A partial recipe. Every field appears in its final place. */
export function RecipeCard({ recipe, busy }: { recipe: Recipe | undefined; busy: boolean }) {
  return (
    <article className="card recipe" aria-busy={busy} aria-label="Recipe">
      <h2>{recipe?.title ?? <span className="recipe-blank">Title</span>}</h2>
      <p className="recipe-summary">{recipe?.summary}</p>
      <dl className="recipe-facts">
        <div>
          <dt>Serves</dt>
          <dd>{recipe?.servings ?? '–'}</dd>
        </div>
        <div>
          <dt>Time</dt>
          <dd>{recipe?.minutes === undefined ? '–' : `${(recipe.minutes / 60).toFixed(0)} h`}</dd>
        </div>
        <div>
          <dt>Vegetarian</dt>
          <dd>{recipe?.vegetarian === undefined ? '–' : recipe.vegetarian ? 'yes' : 'no'}</dd>
        </div>
      </dl>
      <h3>Ingredients</h3>
      <ul className="recipe-ingredients">
        {recipe?.ingredients?.map((ingredient, index) => (
          <IngredientRow key={index} ingredient={ingredient} />
        ))}
      </ul>
      <h3>Steps</h3>
      <ol className="recipe-steps">
        {recipe?.steps?.map((step, index) => (
          <li key={index}>{step}</li>
        ))}
      </ol>
      {recipe?.tip !== undefined && <p className="recipe-tip">{recipe.tip}</p>}
    </article>
  )
}

/** Renders only when its own ingredient changes: the others keep their identity. */
const IngredientRow = memo(function IngredientRow({ ingredient }: { ingredient: Ingredient }) {
  return (
    <li>
      <span className="recipe-amount">
        {ingredient.amount} {ingredient.unit}
      </span>
      {ingredient.name}
    </li>
  )
})
