import { longBlock, type BlockKind } from './long-block.ts'
import { markdownDocument } from './markdown-document.ts'
import { randomNumbers } from './random-numbers.ts'

export type AnswerKind = 'prose' | 'markdown' | BlockKind

/** The answer of a stream, the same in every run of the benchmark. */
export interface Answer {
  kind: AnswerKind
  /** The number of its deltas. */
  deltas: number
}

/** UTF-16 code units in a delta of a Markdown answer: at its two ends, and in between. */
const markdownDelta = { edge: 4, middle: 46 }

const words =
  'a the of and to in is it on as with for text page time word light water house stone paper while small over under about again river answer letter window morning '
    .trim()
    .split(' ')

const memory = new Map<string, readonly string[]>()

/** The pieces of the answer, in order. */
export function deltasOf({ kind, deltas }: Answer): readonly string[] {
  const key = `${kind} ${deltas}`
  let pieces = memory.get(key)
  if (!pieces) {
    pieces =
      kind === 'prose'
        ? prose(deltas)
        : kind === 'markdown'
          ? markdown(deltas)
          : block(kind, deltas)
    memory.set(key, pieces)
  }
  return pieces
}

export function textOf(answer: Answer): string {
  return deltasOf(answer).join('')
}

/** One word per delta, as most tokenizers split English, in paragraphs of 40 to 90 words. */
function prose(count: number): readonly string[] {
  const next = randomNumbers(count)
  const pieces: string[] = []
  let left = 0
  while (pieces.length < count) {
    if (left > 0) {
      pieces.push(` ${words[Math.floor(next() * words.length)]}`)
      left--
    } else {
      pieces.push(pieces.length === 0 ? 'So' : '.\n\nSo')
      left = 40 + Math.floor(next() * 50)
    }
  }
  return pieces
}

/** A model's tokens for the first and last quarter, and larger pieces in between. */
function markdown(count: number): readonly string[] {
  const { edge, middle } = markdownDelta
  const text = markdownDocument((count / 2) * (edge + middle))
  const { from, to } = middleOf({ kind: 'markdown', deltas: count })!
  let position = 0
  return Array.from({ length: count }, (_, index) =>
    text.slice(position, (position += index >= from && index < to ? middle : edge)),
  )
}

/** The whole answer as a model's tokens. */
function block(kind: BlockKind, count: number): readonly string[] {
  const text = longBlock(kind, count * 4)
  return Array.from({ length: count }, (_, index) => text.slice(index * 4, index * 4 + 4))
}

/** The deltas in the middle of a paced answer, which are sent at once so that its end comes soon. */
export function middleOf({ kind, deltas }: Answer): { from: number; to: number } | undefined {
  return kind === 'markdown' ? { from: deltas / 4, to: deltas * (3 / 4) } : undefined
}
