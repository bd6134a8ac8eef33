import type { KeyboardEvent } from 'react'
import { demoModel, demoModels } from '../models.ts'
import type { DemoModel } from '../models.ts'
import { ActionButton } from '../parts/action-button.tsx'
import { ApiChoice } from './api-choice.tsx'
import type { Api } from './request-body.ts'
import { SuggestionChips } from './suggestion-chips.tsx'
import { mishaps, questions } from './suggestions.ts'

interface PromptFormProps {
  prompt: string
  onPrompt: (prompt: string) => void
  api: Api
  onApi: (api: Api) => void
  model: DemoModel
  onModel: (model: DemoModel) => void
  canStart: boolean
  canAbort: boolean
  canRetry: boolean
  onStart: () => void
  onAbort: () => void
  onRetry: () => void
}

export function PromptForm({
  prompt,
  onPrompt,
  api,
  onApi,
  model,
  onModel,
  canStart,
  canAbort,
  canRetry,
  onStart,
  onAbort,
  onRetry,
}: PromptFormProps) {
  const startOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey) || !canStart) return
    event.preventDefault()
    onStart()
  }

  return (
    <form className="card prompt-form" onSubmit={(event) => event.preventDefault()}>
      <label className="field">
        <span className="field-label">Prompt</span>
        <textarea
          dir="auto"
          rows={4}
          placeholder="Ask for something worth waiting for"
          value={prompt}
          onChange={(event) => onPrompt(event.target.value)}
          onKeyDown={startOnEnter}
        />
      </label>
      <SuggestionChips title="Try" suggestions={questions} onPick={onPrompt} />
      <SuggestionChips title="Make it go wrong" suggestions={mishaps} onPick={onPrompt} />
      <div className="field-row">
        <ApiChoice api={api} onApi={onApi} />
        <label className="field">
          <span className="field-label">Model</span>
          <select
            value={model.id}
            onChange={(event) => onModel(demoModel(event.target.value) ?? demoModels[0])}
          >
            {demoModels.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="actions">
        <ActionButton look="primary" enabled={canStart} onPress={onStart}>
          Start
        </ActionButton>
        <ActionButton look="danger" enabled={canAbort} onPress={onAbort}>
          Stop
        </ActionButton>
        <ActionButton look="plain" enabled={canRetry} onPress={onRetry}>
          Retry
        </ActionButton>
      </div>
      <p className="hints">
        <kbd>Ctrl</kbd> or <kbd>⌘</kbd> + <kbd>Enter</kbd> starts, <kbd>Esc</kbd> aborts
      </p>
    </form>
  )
}
