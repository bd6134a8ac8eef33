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
      const [close] = /<\/think(ing)?>/i.exec(rest) ?? []
      if (close === undefined) {
        // The end of the text may be the start of the tag.
        pass(Math.max(0, rest.length - '</thinking>'.length))
        return false
      }
      pass(rest.indexOf(close) + close.length)
      mode = 'start'
      return true
    },
    prose() {
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
      if (!mayBecomeFence.test(rest)) {
        // Only whether the line is a fence matters.
        passed += rest.length - 1
        rest = '.'
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
    // A text without any JSON is invalid from its first character.
    if (mode !== 'json') push(first)
    end()
  }
  return reader
}

/** The beginning of any JSON. */
const json = /^(?:[[{"\d-]|true|false|null)/

/** Text that the next chunk may complete to a fence, a tag or a literal. */
const mayBecome =
  /^(?:`{0,2}|```.*|<(?:t(?:h(?:i(?:nk?(?:i(?:ng?)?)?)?)?)?)?|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?)$/i

/** A fence after other text, with its language. */
const fence = /^[ \t]*```([^`\n]*)\n/m

const mayBecomeFence = /^[ \t]*(?:`{0,2}|```[^`\n]*)$/
