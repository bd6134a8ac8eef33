import type { JsonValue } from './json-value.ts'

/**
 * The progress of a text: `partial` while more must follow, `complete` when `JSON.parse` accepts it,
 * `invalid` once it cannot become valid JSON.
 */
export type PartialJsonState = 'partial' | 'complete' | 'invalid'

/** Reads one JSON text in chunks. */
export interface PartialJsonReader {
  /** Reads the next chunk, which may end anywhere. Ignored once the text is invalid. */
  push: (delta: string) => void
  /** Marks the end of the text: a number that is the whole text, and could have continued, is whole. */
  end: () => void
  /**
   * The value so far; `undefined` until its type is known. Immutable, and the same reference until
   * something in it changes. Then the arrays and objects that are still open are copied, and everything
   * else keeps its identity. Reading stays linear in the length of the text, however often `value` is
   * read: an open array of more than 1,000 entries shows its last entry once it is whole, and one of more
   * than 2,000, or an object of more than 250, shows several at a time. See `latest`.
   */
  readonly value: JsonValue | undefined
  /**
   * Like `value`, but with everything that has been read, whatever it costs to copy. Use it when no more
   * text will arrive, for example after an abort. Once the text is complete, invalid, or at its `end`,
   * `value` is the same.
   */
  readonly latest: JsonValue | undefined
  readonly state: PartialJsonState
  /** The index of the first invalid character; `undefined` if there is none. */
  readonly invalidAt: number | undefined
}

/** An array or object that is still open. */
interface Frame {
  readonly parent: Frame | undefined
  /** Until it closes, only copies of it are shown, so it may be modified. */
  own: Record<string | number, JsonValue>
  readonly closer: keyof typeof limits
  /** The position of the current value. */
  at: string | number
  /** The number of its commas. */
  commas: number
  /** The number of commas when it was last shown. */
  shown: number
}

/**
 * The number of entries up to which an open array or object may be copied after every letter (`letter`), and
 * after every new entry (`entry`). In V8, copying takes 1 ns per entry of an array (40 ns above 16,000
 * entries), and 300 to 1,000 ns per entry of an object.
 */
const limits = { ']': { letter: 1000, entry: 2000 }, '}': { letter: 250, entry: 250 } } as const

const openEscape = /^\\(?:["\\/bfnrt]|u[\da-fA-F]{0,4})$/
/** A number as far as received. */
const openNumber = /^-?(?:(?:0|[1-9]\d*)(?:\.|(?:\.\d+)?(?:[eE][+-]?\d*)?))?$/
const literals = ' true false null '

/**
 * Creates a reader of a JSON text that arrives in chunks. It takes time linear in the length of the text.
 * Its value only grows: a value never changes its type; numbers, `true`, `false` and `null` appear when they
 * are whole; a key appears together with its value; strings and arrays only get longer, and a surrogate pair
 * is never split. The only exception is a repeated key: the last value applies, as in `JSON.parse`.
 */
export function createPartialJsonReader(): PartialJsonReader {
  let top: Frame | undefined
  let root: JsonValue | undefined
  /** Whether anything visible has changed since the last value. */
  let changed = false
  let position = 0
  /** The position when the value was last created. */
  let shownAt = 0
  let depth = 0
  /** Whether no more text will arrive, so that everything may be shown. */
  let isOver = false
  let invalidAt: number | undefined
  /** Whether the next or current token is a value. */
  let isValue = true
  /** Other characters that may come next. A key starts with its quote. */
  let punctuation = ''
  /** The current string, value or key, without its quotes. */
  let string: string | undefined
  /** Whether it ends with the first half of a surrogate pair. */
  let endsInHalf = false
  /** The current number, literal, or escape in a string, as far as received. */
  let atom = ''

  function place(frame: Frame | undefined, placed: JsonValue) {
    if (!frame) root = placed
    else if (frame.at === '__proto__' && !Object.hasOwn(frame.own, frame.at)) {
      // An assignment would set the prototype.
      frame.own = { ...frame.own, [frame.at]: placed }
    } else frame.own[frame.at] = placed
  }

  /** Completes the current value. If nothing has changed since it was last shown, it is already in place. */
  function finish(whole: JsonValue) {
    if (changed) place(top, whole)
    isValue = false
    punctuation = top ? ',' + top.closer : ''
  }

  /** A value or key of the innermost array or object may come next, or what `orElse` allows. */
  function expectEntry(closer: Frame['closer'], orElse: string) {
    isValue = closer === ']'
    punctuation = isValue ? orElse : '"' + orElse
  }

  function append(run: string) {
    string = (string as string) + run
    const endedInHalf = endsInHalf
    endsInHalf = run.charCodeAt(run.length - 1) >> 10 === 54
    changed ||= isValue && (endedInHalf || !endsInHalf || run.length > 1)
  }

  /** Continues a string. Returns the number of characters read, or 0 if the next one is invalid. */
  function readString(text: string, at: number): number {
    if (atom) {
      atom += text.charAt(at)
      if (!openEscape.test(atom)) return 0
      if (atom[1] !== 'u' || atom.length > 5) {
        append(JSON.parse(`"${atom}"`) as string)
        atom = ''
      }
      return 1
    }
    let to = at
    let code
    while ((code = text.charCodeAt(to)) > 31 && code !== 34 && code !== 92) to++
    if (to > at) append(text.slice(at, to))
    else if (code === 92) atom = '\\'
    else if (code === 34) endString(string as string)
    else return 0
    return to - at || 1
  }

  function endString(whole: string) {
    if (isValue) {
      changed ||= endsInHalf
      finish(whole)
    } else {
      ;(top as Frame).at = whole
      punctuation = ':'
    }
    string = undefined
    endsInHalf = false
  }

  /** Reads a character outside of strings. Returns whether it is valid. */
  function read(char: string): boolean {
    if (atom) {
      if (readAtom(char)) return true
      if (!endAtom()) return false
    }
    if (' \n\r\t'.includes(char)) return true
    if (punctuation.includes(char)) {
      if (char === '"') string = ''
      else if (char === ':') {
        isValue = true
        punctuation = ''
      } else {
        const { closer, own, parent } = top as Frame
        if (char === closer) {
          top = parent
          depth--
          finish(own)
        } else {
          ;(top as Frame).commas++
          // A key is set when it is read.
          ;(top as { at: number }).at++
          expectEntry(closer, '')
        }
      }
      return true
    }
    if (!isValue) return false
    if (char === '"') string = ''
    else if (char === '[' || char === '{') {
      const closer = char === '[' ? ']' : '}'
      const own = (char === '[' ? [] : {}) as Frame['own']
      top = { parent: top, own, closer, at: 0, commas: 0, shown: 0 }
      depth++
      expectEntry(closer, closer)
    } else return readAtom(char)
    return (changed = true)
  }

  /** Continues or starts a number or a literal. */
  function readAtom(char: string): boolean {
    const next = atom + char
    // A text of this length can only be a number, so it is not checked again for each digit.
    const isLong = next.length > 9 && /\d/.test(char)
    if (!isLong && !openNumber.test(next) && !literals.includes(' ' + next)) return false
    atom = next
    if (literals.includes(` ${next} `)) endAtom()
    return true
  }

  function endAtom(): boolean {
    try {
      const whole = JSON.parse(atom) as JsonValue
      changed = true
      finish(whole)
      atom = ''
      return true
    } catch {
      return false
    }
  }

  /**
   * Whether the open arrays and objects may be copied again. If one is `excess` times as long as its limit, it
   * must have grown by the square of `excess` in entries since the last copy, or its last entry by a
   * proportional amount of text. However long it gets, it is thus copied some thousand times in total.
   */
  function isAffordable(): boolean {
    const read = position - shownAt
    if (depth > limits[']'].letter && read < depth) return false
    for (let frame = top; frame; frame = frame.parent) {
      const { commas, shown, closer } = frame
      const { letter, entry } = limits[closer]
      const excess = commas / entry
      const isGrown = commas - shown >= excess * excess || read >= excess * limits[']'].entry
      if (commas > letter && !isGrown) return false
    }
    return true
  }

  function show(): JsonValue | undefined {
    if (!changed) return root
    if (isValue && string !== undefined) place(top, endsInHalf ? string.slice(0, -1) : string)
    for (let frame = top; frame; frame = frame.parent) {
      const { own, parent } = frame
      place(parent, Array.isArray(own) ? own.slice() : { ...own })
      frame.shown = frame.commas
    }
    changed = false
    shownAt = position
    return root
  }

  return {
    push(delta) {
      for (let at = 0; at < delta.length && invalidAt === undefined;) {
        const length = string === undefined ? +read(delta.charAt(at)) : readString(delta, at)
        if (!length) {
          invalidAt = position
          isOver = true
        }
        at += length
        position += length
      }
    },
    end() {
      isOver = true
      // A value in an open array or object may have been cut off.
      if (string === undefined && !top) endAtom()
    },
    get value() {
      return changed && (isOver || isAffordable()) ? show() : root
    },
    get latest() {
      return show()
    },
    get state() {
      if (invalidAt !== undefined) return 'invalid'
      return isValue || punctuation ? 'partial' : 'complete'
    },
    get invalidAt() {
      return invalidAt
    },
  }
}
