import type { OutputItem } from 'use-streaming-completion'

/** The reasoning as Markdown, with each part in its own paragraph. The `reasoning` of a state joins them. */
export function reasoningText(output: readonly OutputItem[]): string {
  return output
    .flatMap((item) =>
      item.type === 'reasoning' ? [...item.summary, ...(item.content ?? [])] : [],
    )
    .map((part) => part.text)
    .join('\n\n')
}
