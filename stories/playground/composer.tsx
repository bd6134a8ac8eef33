import type { KeyboardEvent, Ref } from 'react'
import { demoModel, demoModels } from '../models.ts'
import type { DemoModel } from '../models.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { ApiChoice } from './api-choice.tsx'
import type { Api } from './request-body.ts'
import { SuggestionChips } from './suggestion-chips.tsx'

interface ComposerProps {
  ref: Ref<HTMLElement>
  prompt: string
  onPrompt: (prompt: string) => void
  api: Api
  onApi: (api: Api) => void
  model: DemoModel
  onModel: (model: DemoModel) => void
  running: boolean
  canRetry: boolean
  onStart: (prompt: string) => void
  onStop: () => void
  onRetry: () => void
}

/** The prompt below the answer, with its button inside, as in a chat. */
export function Composer({
  ref,
  prompt,
  onPrompt,
  api,
  onApi,
  model,
  onModel,
  running,
  canRetry,
  onStart,
  onStop,
  onRetry,
}: ComposerProps) {
  const canStart = !running && prompt.trim() !== ''
  const startOnEnter = (event: KeyboardEvent) => {
    // Enter also confirms a suggestion of an input method.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (canStart) onStart(prompt)
  }
  const pick = (picked: string) => {
    onPrompt(picked)
    onStart(picked)
  }

  return (
    <section ref={ref} className="composer" aria-label="Your prompt">
      <SuggestionChips onPick={pick} />
      <form className="card composer-box" onSubmit={(event) => event.preventDefault()}>
        <textarea
          aria-label="Prompt"
          dir="auto"
          rows={1}
          placeholder="Ask for something"
          value={prompt}
          onChange={(event) => onPrompt(event.target.value)}
          onKeyDown={startOnEnter}
        />
        <div className="composer-row">
          <ApiChoice api={api} onApi={onApi} />
          <select
            aria-label="Model"
            value={model.id}
            onChange={(event) => onModel(demoModel(event.target.value) ?? demoModels[0])}
          >
            {demoModels.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
          <p className="hints">
            <kbd>Enter</kbd> starts, <kbd>Esc</kbd> stops
          </p>
          <ActionButton look="plain" enabled={canRetry} onPress={onRetry}>
            Retry
          </ActionButton>
          {/* One element in both states, so that it keeps the focus. */}
          <ActionButton
            look={running ? 'danger' : 'primary'}
            enabled={running || canStart}
            onPress={() => (running ? onStop() : onStart(prompt))}
          >
            {running ? 'Stop' : 'Start'}
          </ActionButton>
        </div>
      </form>
    </section>
  )
}
