import { createPartialJsonReader, type PartialJsonReader } from '../json/partial-json-reader.ts'

/**
 * Reads JSON as models write it: possibly after a think block or prose, possibly inside a Markdown fence,
 * and possibly followed by prose. Prose before the JSON, and code in other fences, is skipped only if a fence
 * around JSON, or one without a language, follows.
 */
export function createFencedJsonReader(): PartialJsonReader {
  const reader = createPartialJsonReader()
  const { push, end } = reader
  let mode: 'start' | 'thought' | 'prose' | 'json' = 'start'
  /** The text received before the start of the JSON and not skipped yet. */
  let rest = ''
  /** How much has been skipped, in UTF-16 code units. */
  let passed = 0
  let first = ''
  let isFenced = false
  /** Whether the prose is inside a fence around something else. */
  let isCode = false

  function pass(length: number) {
    passed += length
    rest = rest.slice(length)
  }

  function read(delta: string) {
    for (const piece of delta.split(/(?=`)/)) {
      if (isFenced && piece.startsWith('`') && reader.state === 'complete') reader.push = () => {}
      else push(piece)
    }
  }

  function begin() {
    mode = 'json'
    // Replaced by white space, so that positions in the JSON are positions in the text.
    read(' '.repeat(passed) + rest)
    rest = ''
  }

  /** Skips the think block if its closing tag has arrived. */
  function endThought(): boolean {
    const close = /<\/think(?:ing)?>/i.exec(rest)
    if (!close) return false
    pass(close.index + close[0].length)
    mode = 'start'
    return true
  }

  /** Each step looks for the start of the JSON and returns whether there is more to read. */
  const looks = {
    start() {
      const begun = rest.trimStart()
      if (mayBecome.test(begun)) return false
      pass(rest.length - begun.length)
      const [, thought, line] = /^(?:(<think(?:ing)?>)|```(.*)\n)/i.exec(begun) ?? []
      if (line !== undefined || json.test(begun)) {
        isFenced = line !== undefined
        if (isFenced) pass(begun.indexOf('\n'))
        begin()
        return false
      }
      mode = thought ? 'thought' : 'prose'
      pass(thought?.length ?? 0)
      return true
    },
    thought() {
      // The end of the text may be the start of the tag.
      if (!endThought()) pass(Math.max(0, rest.length - longestTag))
      return mode === 'start'
    },
    prose() {
      // With some chat templates, only the closing tag of the think block is part of the answer.
      if (endThought()) return true
      const found = fence.exec(rest)
      if (found) {
        pass(found.index + found[0].length)
        const language = found[1]?.trim() ?? ''
        if (/^json\w*$/i.test(language) || (!isCode && language === '')) {
          isFenced = true
          begin()
          return false
        }
        // A fence without a language ends the block of code.
        isCode = language !== ''
        return true
      }
      pass(rest.lastIndexOf('\n') + 1)
      if (rest.length > longestTag && !mayBecomeFence.test(rest)) {
        // Only whether the line is a fence matters, and whether it ends with the start of a tag.
        const end = rest.slice(1 - longestTag)
        passed += rest.length - longestTag
        rest = '.' + end
      }
      return false
    },
    json: () => false,
  }

  reader.push = (delta) => {
    if (mode === 'json') {
      read(delta)
      return
    }
    if (first.length < 8) first += delta.slice(0, 8)
    rest += delta
    while (looks[mode]());
  }
  reader.end = () => {
    if (mode === 'start' && json.test(rest.trimStart())) begin()
    // A text without any JSON is invalid from its first character.
    else if (mode !== 'json') push(first)
    end()
  }
  return reader
}

const longestTag = '</thinking>'.length

/** The beginning of any JSON. A number with a point after it may number a list. */
const json = /^(?:[[{"]|-?\d(?!\d*[.)]\s)|true|false|null)/

/** Text that the next chunk may complete to a fence, a tag, a literal or a number. */
const mayBecome =
  /^(?:-?\d*[.)]?|`{0,2}|```.*|<(?:t(?:h(?:i(?:nk?(?:i(?:ng?)?)?)?)?)?)?|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?)$/i

/** A fence after other text, with its language. */
const fence = /^[ \t]*```([^`\n]*)\n/m

const mayBecomeFence = /^[ \t]*(?:`{0,2}|```[^`\n]*)$/
