import type { OutputItem } from 'use-streaming-completion'
import { MarkdownText } from './markdown-text.tsx'
import { reasoningText } from './reasoning-text.ts'

/** The reasoning: one line while closed, the whole text when opened, each part in its own paragraph. */
export function Reasoning({ output }: { output: readonly OutputItem[] }) {
  const text = reasoningText(output)
  if (text === '') return null
  const lastLine = text.trimEnd().split('\n').at(-1)?.replaceAll('**', '')
  return (
    <details className="reasoning">
      <summary>
        <span className="reasoning-title">Reasoning</span>
        <span className="reasoning-line" dir="auto" aria-hidden="true">
          {lastLine}
        </span>
      </summary>
      <div className="reasoning-text" dir="auto" tabIndex={0} role="region" aria-label="Reasoning">
        <MarkdownText text={text} ended={false} />
      </div>
    </details>
  )
}
