import { isRunning, useStreamingObject } from 'use-streaming-completion'
import code from '../../examples/jobs/form-fill.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { ErrorPanel } from '../parts/error-panel.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { StatusLine } from '../parts/status-line.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { recipe, recipeRequest } from './recipe.ts'
import { RecipeCard } from './recipe-card.tsx'
import './structured-output.css'

export interface StructuredOutputProps {
  /** The app's own proxy. */
  url?: string
  prompt?: string
}

/** A card that fills in while its JSON streams, validated at the end. */
export function StructuredOutput({
  url = '/api/responses',
  prompt = 'A sourdough for the weekend',
}: StructuredOutputProps) {
  const { fetch } = useConnection()
  const recipeStream = useStreamingObject({ url, fetch, schema: recipe })
  const { status, object, value, error, text, refusal, start, abort } = recipeStream
  const running = isRunning(recipeStream)

  return (
    <StoryPage
      title="Structured output"
      code={code}
      className="narrow"
      lead={
        <>
          <code>useStreamingObject</code> fills in a card while its JSON streams, and validates it
        </>
      }
    >
      <section className="card stack" data-status={status}>
        <StatusLine completion={recipeStream} />
        <div className="row">
          <StartAndStop
            start="Write the recipe"
            running={running}
            onStart={() => void start(recipeRequest(prompt))}
            onStop={abort}
          />
        </div>
        {refusal !== '' && (
          <div className="refused">
            <Refusal text={refusal} />
          </div>
        )}
        {error && <ErrorPanel error={error} keptText={text !== ''} />}
        {value ? (
          <p className="row note" data-testid="validated">
            Valid: {value.ingredients.length} ingredients, {value.steps.length} steps,{' '}
            {value.vegetarian ? 'vegetarian' : 'not vegetarian'}
          </p>
        ) : (
          !error && <p className="row note pending">Validated as soon as the JSON is complete.</p>
        )}
      </section>
      <RecipeCard recipe={object} busy={running} />
      <details className="card raw">
        <summary>Received JSON</summary>
        <pre tabIndex={0} role="region" aria-label="JSON">
          {text}
        </pre>
      </details>
    </StoryPage>
  )
}
