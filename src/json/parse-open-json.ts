/**
 * Returns the value of a JSON text that may still be growing, as `createPartialJsonReader` shows it, or
 * `undefined` if there is none yet or the text is not JSON. It closes open strings, arrays and objects and
 * uses `JSON.parse`, which needs little code. But it reads the whole text each time, and no part of the
 * value keeps its identity.
 */
export function parseOpenJson(text: string): unknown {
  const closers: string[] = []
  /** The end of the text that can be shown. */
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
  // A number at the end could continue; a literal could not.
  if (!inString && /(?:true|false|null|\d\s)\s*$/.test(text.slice(end))) end = text.length
  try {
    return JSON.parse(
      text.slice(0, end) + (inString && isValue ? '"' : '') + closers.reverse().join(''),
    )
  } catch {
    return undefined
  }
}
