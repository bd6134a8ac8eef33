/**
 * The value of a JSON text that may still be growing, as `createPartialJsonReader` shows it;
 * `undefined` if there is none yet, or if the text is no JSON. Little code: it closes what is open and
 * leaves the rest to `JSON.parse`. But it reads all of the text each time, and no part of the value
 * keeps its identity.
 */
export function parseOpenJson(text: string): unknown {
  const closers: string[] = []
  /** Up to where the text can be shown. */
  let end = 0
  let inString = false
  let isValue = true
  let last = ''

  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === '"') {
      inString = !inString
      if (inString) isValue = last === ':' || closers.at(-1) !== '}'
      if (isValue) end = at + 1
    } else if (inString) {
      const size = char !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2
      if (at + size > text.length) break
      const code = size < 6 ? char.charCodeAt(0) : parseInt(text.slice(at + 2, at + 6), 16)
      // The first half of a surrogate pair waits for what follows.
      if (isValue) end = code >> 10 === 54 ? at : at + size
      at += size - 1
    } else if (',:[]{}'.includes(char)) {
      last = char
      if (char === '[' || char === '{') closers.push(char === '[' ? ']' : '}')
      else if (char === ']' || char === '}') closers.pop()
      if (char !== ':') end = char === ',' ? at : at + 1
    }
  }
  // At the end, a number could go on; a literal could not.
  if (!inString && /(?:true|false|null|\d\s)\s*$/.test(text.slice(end))) end = text.length
  try {
    return JSON.parse(
      text.slice(0, end) + (inString && isValue ? '"' : '') + closers.reverse().join(''),
    )
  } catch {
    return undefined
  }
}
