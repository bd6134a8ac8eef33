/** What stands in the key's place. A header holds no character beyond Latin-1. */
const redacted = 'sk-***'

/** Hides the key, and whatever else looks like one: OpenAI quotes a wrong key, partly masked. */
export function redactKey(text: string, key: string | null): string {
  const withoutKey = key ? text.replaceAll(key, redacted) : text
  return withoutKey.replaceAll(/\bsk-[\w*-]+/g, redacted)
}
