import type { ChoiceContent, CompletionContent } from '../completion/state.ts'
import { isRecord } from '../json/json-record.ts'

/** All that a person could read of an answer so far, in the order of its output, a line between. */
export function readableText(content: CompletionContent): string {
  const found: string[] = []
  for (const choice of content.choices ?? [content]) collectChoice(choice, found)
  return found.filter((text) => text !== '').join('\n\n')
}

function collectChoice({ output, transcript }: ChoiceContent, found: string[]) {
  for (const item of output) collect(item, found)
  found.push(transcript)
}

/** What is in an item for programs: identifiers, states, images, and what is encrypted anyway. */
const unreadable =
  /^(type|id|.*_id|status|role|phase|result|.*_b64|.*_format|encrypted_content|file_id|logprobs)$/

function collect(value: unknown, found: string[]) {
  if (typeof value === 'string') found.push(value)
  else if (Array.isArray(value)) for (const each of value) collect(each, found)
  else if (isRecord(value)) {
    for (const [key, each] of Object.entries(value)) {
      if (!unreadable.test(key)) collect(each, found)
    }
  }
}
