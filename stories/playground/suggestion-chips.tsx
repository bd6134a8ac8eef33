import { useId } from 'react'
import type { Suggestion } from './suggestions.ts'

interface SuggestionChipsProps {
  title: string
  suggestions: readonly Suggestion[]
  onPick: (prompt: string) => void
}

/** Prompts to pick. Picking fills the prompt in and sends nothing. */
export function SuggestionChips({ title, suggestions, onPick }: SuggestionChipsProps) {
  const titleId = useId()
  return (
    <section aria-labelledby={titleId}>
      <h2 id={titleId} className="field-label">
        {title}
      </h2>
      <ul className="chips">
        {suggestions.map(({ label, prompt, lang }) => (
          <li key={label}>
            <button type="button" className="chip" lang={lang} onClick={() => onPick(prompt)}>
              {label}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
