import type { ChoiceContent, CompletionContent } from '../completion/state.ts'
import { arrayOf, isRecord, recordOf, textOf, type JsonRecord } from '../json/json-record.ts'

/**
 * Returns all readable text of an answer so far: each channel as it appears in the state, then all other
 * strings in output order, one per line. Only listed fields are left out: known field names, and values
 * that are not text, such as identifiers.
 */
export function readableText(content: CompletionContent): string {
  const found: string[] = []
  const { choices, usage, moderation, responseId, model, serviceTier } = content
  for (const choice of choices ?? [content]) collectChoice(choice, found)
  collect({ responseId, model, serviceTier }, found)
  collect([usage, moderation], found, false)
  return withUnescaped(found.filter((text) => text !== '').join('\n\n'))
}

/** All readable strings of a value. */
export function stringsIn(value: unknown): string[] {
  const found: string[] = []
  collect(value, found, false)
  return found
}

type Channel = 'text' | 'refusal' | 'reasoning' | 'commentary'

function collectChoice(choice: ChoiceContent, found: string[]) {
  const shown = new Set<Channel>()
  for (const item of choice.output as unknown as JsonRecord[]) {
    const { type, content, summary, ...rest } = item
    const isMessage = type === 'message'
    if (!isMessage && type !== 'reasoning') {
      collect(item, found)
      continue
    }
    for (const part of [...arrayOf(content), ...arrayOf(summary)]) {
      const field = isMessage && recordOf(part)['type'] === 'refusal' ? 'refusal' : 'text'
      const isJoined = !isMessage || /^(output_text|refusal)$/.test(textOf(recordOf(part)['type']))
      const channel = !isMessage
        ? 'reasoning'
        : field === 'text' && rest['phase'] === 'commentary'
          ? 'commentary'
          : field
      if (isJoined && !shown.has(channel)) found.push(choice[channel])
      if (isJoined) shown.add(channel)
      collect(isJoined ? { ...recordOf(part), [field]: '' } : part, found)
    }
    collect(rest, found)
  }
  const { transcript, rawFinishReason, logprobs } = choice
  found.push(transcript)
  collect({ rawFinishReason }, found)
  const tokens = new Set(stringsIn(logprobs))
  found.push([...tokens].filter((token) => !choice.text.includes(token)).join(' '))
}

/** Fields whose values are not readable text: identifiers, states, images and encrypted data. */
const unreadable =
  /^(type|id|.*_id|.*Id|status|role|phase|result|object|object_type|model|serviceTier|service_tier|system_fingerprint|obfuscation|rawFinishReason|finish_reason|bytes|.*_b64|.*_format|encrypted_content)$/

/** The form of such a value: a single word. */
const isCode = /^[\w+./:=@~-]*$/

/** The known field names of items. Any other name may be text from the model. */
const fieldName =
  /^(type|id|status|role|phase|content|summary|text|refusal|annotations|name|arguments|input|output|outputs|action|actions|query|queries|sources?|url|uri|title|filename|index|results?|score|attributes|code|logs|tools?|error|message|commands?|stdout|stderr|outcome|env|user|x|y|button|keys|path|pattern|patch|operation|diff|approve|reason|size|quality|background|description|parameters|strict|namespace|detail|environment|image|responseId|model|serviceTier|rawFinishReason|[a-z]+(_[a-z\d]+)+)$/

/** @param names whether to collect field names too */
function collect(whole: unknown, found: string[], names = true) {
  // No recursion, because the server controls the nesting depth.
  const left: unknown[] = [whole]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value === 'string') found.push(value)
    else if (Array.isArray(value)) for (let at = value.length; at-- > 0;) left.push(value[at])
    else if (isRecord(value)) {
      for (const [key, each] of Object.entries(value).reverse()) {
        if (!(unreadable.test(key) && typeof each === 'string' && isCode.test(each)))
          left.push(each)
        if (names && !fieldName.test(key)) left.push(key)
      }
    }
  }
}

/** A text that is JSON is included twice: as it is, and parsed, without its escapes. */
function withUnescaped(text: string): string {
  const plain = text
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/\\(["\\/])/g, '$1')
  return plain === text ? text : `${text}\n\n${plain}`
}
