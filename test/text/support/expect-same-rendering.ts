import { containerParts } from '../../../src/text/containers/container-parts.ts'
import { createScan } from '../../../src/text/scan-text.ts'
import type { TextBlock } from '../../../src/text/text-block.ts'
import { createTextSplitter } from '../../../src/text/text-splitter.ts'
import { joinParts } from './join-parts.ts'
import { comparable, markdownTree, type Dialect } from './markdown-tree.ts'
import { expect } from 'vitest'

/** Whether two values are equal. Much faster than the matcher, which also reports the difference. */
const equal = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

function expectEqual(actual: unknown, expected: unknown) {
  if (!equal(actual, expected)) expect(actual).toEqual(expected)
}

const splitter = () => createTextSplitter({ divide: containerParts })

/** Divides a text as `createTextSplitter` does, into parts of another length. */
const scanInParts = (partLength: number) =>
  createScan('markdown', containerParts, undefined, partLength)

/**
 * Feeds a text in steps, and checks the guarantees of `createTextSplitter` at every prefix, for blocks rendered
 * whole and part by part, in parts that are as short as possible.
 */
export function expectSameRendering(text: string, dialect: Dialect, step: number) {
  /** The settled blocks, and the text before the tail, are rendered once for many prefixes. */
  const trees = new Map<string, string[]>()
  const render = (source: string) => {
    const tree = trees.get(source) ?? markdownTree(source, dialect)
    trees.set(source, tree)
    return tree
  }
  const renderBlock = ({ text: source, container }: TextBlock) => {
    const whole = render(source)
    // There are no tables in CommonMark.
    if (container && (dialect === 'gfm' || container.tag !== 'table')) {
      expectEqual(comparable([joinParts(container, dialect)]), whole)
    }
    return whole
  }
  const joined = (blocks: readonly TextBlock[]) => blocks.flatMap(renderBlock)

  const split = splitter()
  const divide = scanInParts(0)
  let last: readonly TextBlock[] = []
  for (let length = step; length < text.length + step; length += step) {
    const prefix = text.slice(0, length)
    const blocks = divide(prefix, false)
    // Only the text matters, not how it arrived.
    expectEqual(blocks, scanInParts(0)(prefix, false))
    expectEqual(split(prefix), splitter()(prefix))

    const settled = blocks.filter((block) => block.settled)
    const live = blocks.slice(settled.length)
    expectEqual(
      live.map((block) => block.settled),
      live.map(() => false),
    )
    expectEqual(live.length > 2, false)

    // The tail always begins a new block. A heading stands in for it here.
    const heading = { key: length, text: '# Tail\n', settled: true }
    const before = prefix.slice(0, live[0] ? live[0].key : prefix.length)
    expectEqual(joined([...settled, heading]), render(before + heading.text))
    if (!/\[[^]*\]:/.test(prefix)) {
      expectEqual(joined(blocks), render(prefix))
      expectKept(last, blocks)
      expectEqual(withoutParts(split(prefix)), withoutParts(blocks))
    }
    last = blocks
  }
  const ended = divide(text, true)
  expectEqual(
    ended.map((block) => block.settled),
    ended.map(() => true),
  )
  expectEqual(joined(ended), render(text))
  expectEqual(joined(split(text, true)), render(text))
}

const withoutParts = (blocks: readonly TextBlock[]) =>
  blocks.map(({ key, text, settled }) => ({ key, text, settled }))

/**
 * Expects all earlier settled blocks as the same objects at the same positions, and also the settled parts of
 * the earlier live block, unless it is no longer divided.
 */
function expectKept(before: readonly TextBlock[], now: readonly TextBlock[]) {
  before.forEach((block, index) => {
    const next = now[index]
    if (block.settled) expect(next).toBe(block)
    // The block after the first live block may become part of it.
    else if (before[index - 1]?.settled ?? true) expectEqual(next?.key, block.key)
    if (!block.container || !next?.container) return
    const settled = block.container.parts.filter((part) => part.settled)
    settled.forEach((part, at) => {
      if (next.container?.parts[at] !== part) expect(next.container?.parts[at]).toBe(part)
    })
  })
}
