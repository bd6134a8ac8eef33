/** Replaces the key. Headers allow only Latin-1. */
const redacted = 'sk-***'

/** Hides the key and anything that looks like one: OpenAI quotes a wrong key, partly masked. */
export function redactKey(text: string, key: string | null): string {
  const withoutKey = key ? text.replaceAll(key, redacted) : text
  return withoutKey.replaceAll(/\bsk-[\w*-]+/g, redacted)
}
