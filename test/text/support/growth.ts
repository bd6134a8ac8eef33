import { readFileSync } from 'node:fs'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

export interface Answer {
  readonly name: string
  readonly text: string
}

/** The answers of a corpus: each begins with a line `%%% name`. */
export function readAnswers(path: string): Answer[] {
  return readFileSync(path, 'utf8')
    .split(/^%%% /m)
    .slice(1)
    .map((answer) => {
      const end = answer.indexOf('\n')
      return { name: answer.slice(0, end), text: answer.slice(end + 1) }
    })
}

/** The visible text, with white space collapsed, and the source position of each node. */
interface RenderedText {
  readonly text: string
  readonly nodes: readonly { start: number; end: number; length: number }[]
}

export function renderText(source: string): RenderedText {
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  let text = ''
  const nodes: { start: number; end: number; length: number }[] = []
  const visit = (node: Nodes) => {
    if ('children' in node) {
      node.children.forEach(visit)
      return
    }
    if (!('value' in node)) return
    const shown =
      node.type === 'html' ? node.value.replace(/<!--[^]*?(-->|$)|<[^>]*>/g, '') : node.value
    const added = shown.replace(/\s+/g, '')
    text += added
    // A node for a URL that was found in text has no position.
    const { start, end } = node.position ?? {}
    const last = nodes.at(-1)?.end ?? 0
    nodes.push({ start: start?.offset ?? last, end: end?.offset ?? last, length: added.length })
  }
  visit(tree)
  return { text, nodes }
}

/** How the rendered text grows while an answer arrives, one UTF-16 code unit at a time. */
export interface Growth {
  readonly prefixes: number
  /** Prefixes whose rendered text is not a prefix of the whole answer's rendered text. */
  readonly wrong: readonly number[]
  /** The largest number of characters that had arrived and were not shown. */
  readonly held: number
  /** The largest number of characters that had to arrive before withheld text was shown. */
  readonly delay: number
}

export function measureGrowth(answer: string, repair: (text: string) => string): Growth {
  const whole = renderText(answer)
  const wrong: number[] = []
  const shown: number[] = []
  const due: number[] = []
  for (let length = 1; length <= answer.length; length++) {
    const { text } = renderText(length < answer.length ? repair(answer.slice(0, length)) : answer)
    const isRight = whole.text.startsWith(text)
    if (!isRight) wrong.push(length)
    shown.push(isRight ? text.length : (shown.at(-1) ?? 0))
    due.push(dueAt(whole, length))
  }
  let held = 0
  let delay = 0
  let next = 0
  due.forEach((characters, index) => {
    held = Math.max(held, characters - shown[index]!)
    next = Math.max(next, index)
    while (next < shown.length - 1 && shown[next]! < characters) next++
    delay = Math.max(delay, next - index)
  })
  return { prefixes: answer.length, wrong, held, delay }
}

/** How much of an answer's text could be shown when `length` characters of its source had arrived. */
function dueAt({ nodes }: RenderedText, length: number): number {
  let due = 0
  for (const { start, end, length: total } of nodes) {
    if (end <= length) due += total
    else if (start < length)
      due += Math.min(total, Math.floor(((length - start) / (end - start)) * total))
  }
  return due
}
