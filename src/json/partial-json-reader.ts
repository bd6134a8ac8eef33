import type { JsonValue } from './json-value.ts'
import { nextNumberState, type NumberState } from './number-state.ts'

/**
 * How far a text has come: `partial` while more must follow, `complete` when it is what `JSON.parse`
 * accepts, `invalid` once nothing that follows could make JSON of it.
 */
export type PartialJsonState = 'partial' | 'complete' | 'invalid'

/** Reads one JSON text in pieces. */
export interface PartialJsonReader {
  /** Reads on. A piece may end anywhere. Ignored once the text is invalid. */
  push: (delta: string) => void
  /** The text ends here: a number at its very end, which might have gone on, is whole. */
  end: () => void
  /**
   * The value so far; `undefined` until its type is known. Immutable, and the same reference until
   * something in it changes. Then the arrays and objects that are still open are copied, and all else
   * keeps its identity: so read it when it is to be shown, not after every piece. A piece costs as much
   * as it is long, a changed value as much as its open arrays and objects hold.
   */
  readonly value: JsonValue | undefined
  readonly state: PartialJsonState
  /** The index of the first character that cannot stand where it is; `undefined` if there is none. */
  readonly invalidAt: number | undefined
}

/** An array or object that is still open. */
interface Frame {
  readonly parent: Frame | undefined
  /** Only copies of it are shown before it closes, so until then it may be written to. */
  readonly own: Record<string | number, JsonValue>
  readonly isArray: boolean
  /** The place of the current value. */
  at: string | number
}

// What comes next. Before `inString`, there may be white space.
const value = 0
const valueOrEnd = 1
const key = 2
const keyOrEnd = 3
const colon = 4
const commaOrEnd = 5
const inString = 6
const inEscape = 7
const inNumber = 8
const inLiteral = 9

/**
 * Makes a reader of a JSON text that arrives in pieces, in time linear in its length. What it shows
 * only ever grows: a value never changes its type, numbers, `true`, `false` and `null` appear when they
 * are whole, a key appears with its value, strings and arrays get longer, and never by half of a
 * surrogate pair. The one exception is a repeated key, whose last value counts, as for `JSON.parse`.
 */
export function createPartialJsonReader(): PartialJsonReader {
  let mode = value
  let top: Frame | undefined
  let root: JsonValue | undefined
  /** Whether anything that shows has changed since the last value. */
  let changed = false
  let position = 0
  let invalidAt: number | undefined
  /** The current string without its quotes, number, or literal, as far as it has come. */
  let token = ''
  let isKey = false
  /** The first half of a surrogate pair, until the second comes or the string ends. */
  let half = ''
  let escape = ''
  let literal = ''
  let numberState: NumberState = 0

  function place(frame: Frame | undefined, placed: JsonValue) {
    if (!frame) root = placed
    // Assigned, it would set the prototype.
    else if (frame.at === '__proto__') {
      Object.defineProperty(frame.own, frame.at, {
        value: placed,
        writable: true,
        enumerable: true,
        configurable: true,
      })
    } else frame.own[frame.at] = placed
  }

  /** The current value is whole. If nothing has changed since it was last shown, it is in its place. */
  function finish(whole: JsonValue) {
    if (changed) place(top, whole)
    mode = commaOrEnd
  }

  function open(isArray: boolean) {
    changed = true
    top = { parent: top, own: (isArray ? [] : {}) as Frame['own'], isArray, at: '' }
    mode = isArray ? valueOrEnd : keyOrEnd
  }

  function append(run: string) {
    run = half + run
    half = run.charCodeAt(run.length - 1) >> 10 === 54 ? run.slice(-1) : ''
    if (half) run = run.slice(0, -1)
    if (!run) return
    token += run
    changed ||= !isKey
  }

  function endString() {
    token += half
    if (isKey && top) {
      top.at = token
      mode = colon
    } else {
      changed ||= half !== ''
      finish(token)
    }
    half = ''
  }

  /** Outside of strings, numbers and literals: answers whether a character may be there. */
  function readStructure(char: string, code: number): boolean {
    if (char === ' ' || char === '\n' || char === '\r' || char === '\t') return true
    token = ''
    if (top && (mode === commaOrEnd || mode === valueOrEnd || mode === keyOrEnd)) {
      if (char === (top.isArray ? ']' : '}')) {
        const { own, parent } = top
        top = parent
        finish(own)
        return true
      }
      if (mode === commaOrEnd) {
        mode = top.isArray ? value : key
        return char === ','
      }
    }
    if (mode === colon) {
      mode = value
      return char === ':'
    }
    isKey = mode === key || mode === keyOrEnd
    if (isKey) {
      mode = inString
      return char === '"'
    }
    if (mode === commaOrEnd) return false
    if (top?.isArray) top.at = top.own['length'] as number
    if (char === '"') {
      changed = true
      mode = inString
    } else if (char === '{' || char === '[') open(char === '[')
    else if ((numberState = nextNumberState(0, code))) {
      token = char
      mode = inNumber
    } else {
      literal = char === 't' ? 'true' : char === 'f' ? 'false' : 'null'
      mode = inLiteral
      return readLiteral(char)
    }
    return true
  }

  function readEscape(char: string): boolean {
    escape += char
    if (!/^(?:["\\/bfnrt]|u[\da-fA-F]{4})$/.test(escape)) return /^u[\da-fA-F]*$/.test(escape)
    append(JSON.parse(`"\\${escape}"`) as string)
    mode = inString
    return true
  }

  function readLiteral(char: string): boolean {
    token += char
    if (token === literal) {
      changed = true
      finish(JSON.parse(literal) as JsonValue)
    }
    return literal.startsWith(token)
  }

  /** Reads as far as a string goes without an escape. Answers where to go on, `~index` if nowhere. */
  function readString(text: string, from: number): number {
    let to = from
    let code
    while ((code = text.charCodeAt(to)) > 31 && code !== 34 && code !== 92) to++
    if (to > from) append(text.slice(from, to))
    if (to === text.length) return to
    if (code < 32) return ~to
    if (code === 34) endString()
    else {
      escape = ''
      mode = inEscape
    }
    return to + 1
  }

  function readNumber(text: string, from: number): number {
    let to = from
    let next
    while ((next = nextNumberState(numberState, text.charCodeAt(to)))) {
      numberState = next
      to++
    }
    token += text.slice(from, to)
    if (to < text.length && !endNumber()) return ~to
    return to
  }

  function endNumber(): boolean {
    if (!/\d$/.test(token)) return false
    changed = true
    finish(+token)
    return true
  }

  function read(text: string, index: number): number {
    if (mode === inString) return readString(text, index)
    if (mode === inNumber) return readNumber(text, index)
    const char = text.charAt(index)
    const fits =
      mode === inEscape
        ? readEscape(char)
        : mode === inLiteral
          ? readLiteral(char)
          : readStructure(char, text.charCodeAt(index))
    return fits ? index + 1 : ~index
  }

  return {
    push(delta) {
      for (let index = 0; index < delta.length && invalidAt === undefined;) {
        index = read(delta, index)
        if (index < 0) invalidAt = position + ~index
      }
      position += delta.length
    },
    end() {
      if (mode === inNumber) endNumber()
    },
    get value() {
      if (changed) {
        if (!isKey && (mode === inString || mode === inEscape)) place(top, token)
        for (let frame = top; frame; frame = frame.parent) place(frame.parent, copy(frame))
        changed = false
      }
      return root
    },
    get state() {
      if (invalidAt !== undefined) return 'invalid'
      return mode === commaOrEnd && !top ? 'complete' : 'partial'
    },
    get invalidAt() {
      return invalidAt
    },
  }
}

function copy({ own, isArray }: Frame): JsonValue {
  return isArray ? (own as unknown as JsonValue[]).slice() : { ...own }
}
