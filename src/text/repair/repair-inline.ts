/** The longest part of a link, a formula or a tag without attributes that is held back, in UTF-16 code units. */
const mostHeld = 40

interface Delimiters {
  readonly at: number
  readonly char: string
  open: number
}

/** A complete construct: an escape, code, a formula, a tag, an autolink. */
const atom =
  /\\[^]|(?<!`)(`+)(?!`)[^]*?[^`]\1(?!`)|\$\$[^]*?\$\$|\$(?![\s\d$])[^$\n]*[^\s$]\$(?!\d)|<(?:\/?[a-z][^<>]*|!--[^]*?--)>/iy

/** The beginning of one of these, or of an image. */
const partial = /(?:\\|\$\$?|<(?:\/?[a-z][^<>]*|!--[^]*|[/!])?|&(?:#x?)?\w*|(?<!\S)!)$/iy

/** The target after the text of a link. */
const target = /\((?:[^()]|\([^()]*\))*\)|\[[^[\]]*\]/y

const isSpace = (char: string) => !char.trim()
const isMark = (char: string) => /[\p{P}\p{S}]/u.test(char)

/** Closes the open constructs in the text of one paragraph, cell or heading, and holds back an ambiguous end. */
export function repairInline(text: string): string {
  const delimiters: Delimiters[] = []
  const brackets: { at: number; isImage: boolean; depth: number }[] = []
  let closing = ''
  let dropped = -1
  let end = text.length
  let at = 0
  const lengthOf = (pattern: RegExp, from = at) => {
    pattern.lastIndex = from
    return pattern.exec(text)?.[0].length ?? 0
  }

  while (at < end) {
    const char = text.charAt(at)
    const rest = text.slice(at)
    const length = lengthOf(atom)
    if (length) at += length
    else if (lengthOf(partial) && !(rest.length > mostHeld && /^[<&][^!=]*$/.test(rest))) {
      if (/^<\w+:\/\/\S/.test(rest)) closing = '>'
      else end = at
      break
    } else if (char === '`') {
      const [run = ''] = /^`+/.exec(rest) ?? []
      const inner = rest.slice(run.length).replace(/[\s`]+$/, '')
      end = inner ? at + run.length + inner.length : at
      if (inner) closing = (inner.startsWith(' ') ? ' ' : '') + run
      break
    } else if (/^\$(?:\$|[^\s\d])/.test(rest)) {
      if (rest.length <= mostHeld) end = at
      // A display formula contains no Markdown.
      else if (rest[1] === '$') return text.replace(/[*_~\\]+$/, '')
      else at++
    } else if (char === '[' || rest.startsWith('![')) {
      const isImage = char === '!'
      brackets.push({ at, isImage, depth: delimiters.length })
      at += isImage ? 2 : 1
    } else if (char === ']') {
      const [outer] = brackets
      const bracket = brackets.pop()
      const found = bracket && outer ? lengthOf(target, at + 1) : 0
      if (!bracket || !outer) at++
      else if (found) delimiters.length = bracket.depth
      else if (/^\](?:\[[^[\]]*)?$/.test(rest)) end = outer.at
      else if (/^\]\([^)]*$/.test(rest)) {
        if (!outer.isImage && outer === bracket) {
          dropped = outer.at
          end = at
        } else end = outer.at
      } else if (/^\]:.*$/.test(rest) && /(?:^|\n)$/.test(text.slice(0, outer.at))) end = outer.at
      if (bracket) at += 1 + found
    } else if (/[*_~]/.test(char)) {
      let to = at
      while (text.charAt(to) === char) to++
      if (to === text.length) end = at
      else readDelimiters(char, at, to)
      at = to
    } else at++
  }

  const [outer] = brackets
  if (outer && outer.at < end) {
    if (!outer.isImage && text.length - outer.at > mostHeld) dropped = outer.at
    else end = outer.at
  }
  let kept = text.slice(0, end).trimEnd()
  for (const { at: start, char, open } of delimiters.reverse()) {
    // Nothing has arrived yet after the opening delimiter.
    if (start + open >= kept.length) kept = kept.slice(0, start).trimEnd()
    else closing += char.repeat(open)
  }
  // The text of a link is shown before its target is known.
  if (dropped >= 0) kept = kept.slice(0, dropped) + kept.slice(dropped + 1)
  return kept + closing

  /** Matches a run of delimiters with those before it, as CommonMark does (6.2). */
  function readDelimiters(char: string, from: number, to: number) {
    const before = text.charAt(from - 1)
    const after = text.charAt(to)
    const isLeft = !isSpace(after) && (!isMark(after) || isSpace(before) || isMark(before))
    const isRight = !isSpace(before) && (!isMark(before) || isSpace(after) || isMark(after))
    const isUnderscore = char === '_'
    const canOpen = isLeft && !(isUnderscore && isRight && !isMark(before))
    const canClose = isRight && !(isUnderscore && isLeft && !isMark(after))
    const length = to - from
    let open = length
    if (char === '~' && length !== 2) return
    for (
      let index = delimiters.length;
      canClose && open && index-- > (brackets.at(-1)?.depth ?? 0);
    ) {
      const opener = delimiters[index]
      if (opener?.char !== char) continue
      const used = Math.min(open, opener.open)
      open -= used
      opener.open -= used
      delimiters.length = index + (opener.open && 1)
    }
    // A lone asterisk within a word is more likely a product than emphasis.
    const isProduct = length === 1 && /\w\*\w/.test(before + char + after)
    if (canOpen && open && !isProduct) {
      delimiters.push({ at: from, char, open })
    }
  }
}
