import { expect } from 'vitest'
import type { TextBlock } from '../../../src/text/text-block.ts'
import { createTextSplitter } from '../../../src/text/text-splitter.ts'
import { markdownTree, type Dialect } from './markdown-tree.ts'

const joined = (blocks: readonly { text: string }[], dialect: Dialect) =>
  blocks.flatMap(({ text }) => markdownTree(text, dialect))

/**
 * Feeds a text in steps, and holds at every prefix what `createTextSplitter` promises of its blocks.
 */
export function expectSameRendering(text: string, dialect: Dialect, step: number) {
  const split = createTextSplitter()
  let last: readonly TextBlock[] = []
  for (let length = step; length < text.length + step; length += step) {
    const prefix = text.slice(0, length)
    const blocks = split(prefix)
    // It is the text that decides, not how it came.
    expect(blocks).toEqual(createTextSplitter()(prefix))

    const settled = blocks.filter((block) => block.settled)
    const tail = blocks.find((block) => !block.settled)
    const isDivided = blocks.length === settled.length + (tail ? 1 : 0)
    expect(isDivided).toBe(true)

    // The tail begins a block whatever it becomes: a heading stands for it.
    const heading = '# Tail\n'
    const before = prefix.slice(0, tail ? tail.key : prefix.length)
    expect(joined([...settled, { text: heading }], dialect)).toEqual(
      markdownTree(before + heading, dialect),
    )
    if (!/\[[^]*\]:/.test(prefix)) {
      expect(joined(blocks, dialect)).toEqual(markdownTree(prefix, dialect))
      expect(keptAsTheyWere(last, blocks)).toBe(true)
    }
    last = blocks
  }
  const ended = split(text, true)
  expect(ended.every((block) => block.settled)).toBe(true)
  expect(joined(ended, dialect)).toEqual(markdownTree(text, dialect))
}

/** Whether all settled blocks of before are there, as the same objects in the same places. */
function keptAsTheyWere(before: readonly TextBlock[], now: readonly TextBlock[]): boolean {
  return before.every((block, index) =>
    block.settled ? now[index] === block : now[index]?.key === block.key,
  )
}
