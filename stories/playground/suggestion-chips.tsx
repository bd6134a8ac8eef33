import { mishaps, questions } from './suggestions.ts'

/** Suggested prompts. Each starts immediately. */
export function SuggestionChips({ onPick }: { onPick: (prompt: string) => void }) {
  return (
    <ul className="chips" aria-label="Prompts to try">
      {[...questions, ...mishaps].map((suggestion) => (
        <li key={suggestion.label}>
          <button
            type="button"
            className="chip"
            data-mishap={mishaps.includes(suggestion)}
            lang={suggestion.lang}
            onClick={() => onPick(suggestion.prompt)}
          >
            {suggestion.label}
          </button>
        </li>
      ))}
    </ul>
  )
}
