import { expect } from 'vitest'
import type { TextBlock } from '../../../src/text/text-block.ts'
import { createTextSplitter } from '../../../src/text/text-splitter.ts'
import { markdownTree, type Dialect } from './markdown-tree.ts'

/** Whether two things are equal; far less work than the matcher, which is for saying how they differ. */
const equal = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

function expectEqual(actual: unknown, expected: unknown) {
  if (!equal(actual, expected)) expect(actual).toEqual(expected)
}

/**
 * Feeds a text in steps, and holds at every prefix what `createTextSplitter` promises of its blocks.
 */
export function expectSameRendering(text: string, dialect: Dialect, step: number) {
  /** The settled blocks, and the text before the tail, are rendered once for many prefixes. */
  const trees = new Map<string, string[]>()
  const render = (part: string) => {
    const tree = trees.get(part) ?? markdownTree(part, dialect)
    trees.set(part, tree)
    return tree
  }
  const joined = (blocks: readonly { text: string }[]) =>
    blocks.flatMap((block) => render(block.text))

  const split = createTextSplitter()
  let last: readonly TextBlock[] = []
  for (let length = step; length < text.length + step; length += step) {
    const prefix = text.slice(0, length)
    const blocks = split(prefix)
    // It is the text that decides, not how it came.
    expectEqual(blocks, createTextSplitter()(prefix))

    const settled = blocks.filter((block) => block.settled)
    const tail = blocks.find((block) => !block.settled)
    expectEqual(blocks.length, settled.length + (tail ? 1 : 0))

    // The tail begins a block whatever it becomes: a heading stands for it.
    const heading = '# Tail\n'
    const before = prefix.slice(0, tail ? tail.key : prefix.length)
    expectEqual(joined([...settled, { text: heading }]), render(before + heading))
    if (!/\[[^]*\]:/.test(prefix)) {
      expectEqual(joined(blocks), render(prefix))
      expectEqual(keptAsTheyWere(last, blocks), true)
    }
    last = blocks
  }
  const ended = split(text, true)
  expectEqual(
    ended.every((block) => block.settled),
    true,
  )
  expectEqual(joined(ended), render(text))
}

/** Whether all settled blocks of before are there, as the same objects in the same places. */
function keptAsTheyWere(before: readonly TextBlock[], now: readonly TextBlock[]): boolean {
  return before.every((block, index) =>
    block.settled ? now[index] === block : now[index]?.key === block.key,
  )
}
