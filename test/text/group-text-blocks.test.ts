import { expect, test } from 'vitest'
import { createTextSplitter, groupTextBlocks } from '../../src/core.ts'

const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, index) => `Paragraph ${index}.\n\n`).join('')

test('groups the blocks in order', () => {
  const blocks = createTextSplitter()(paragraphs(125))
  const groups = groupTextBlocks(blocks)
  expect(groups.map((group) => group.length)).toEqual([50, 50, 25])
  expect(groups.flat()).toEqual(blocks)
  expect(groupTextBlocks(blocks, 100).map((group) => group.length)).toEqual([100, 25])
  expect(groupTextBlocks([])).toEqual([])
})

test('a group with unchanged blocks keeps its identity while the text grows', () => {
  const split = createTextSplitter()
  let last = groupTextBlocks(split(paragraphs(120)), 10)
  for (let count = 121; count < 150; count++) {
    const groups = groupTextBlocks(split(paragraphs(count)), 10)
    const settled = Math.floor((count - 2) / 10)
    groups.slice(0, settled).forEach((group, index) => expect(group).toBe(last[index]))
    expect(groups.flat()).toEqual(split(paragraphs(count)))
    last = groups
  }
  // The end settles the last block only.
  const ended = groupTextBlocks(split(paragraphs(149), true), 10)
  expect(ended.slice(0, -1)).toEqual(last.slice(0, -1))
  expect(ended.at(-1)).not.toBe(last.at(-1))
  expect(ended.at(-1)!.at(-1)!.settled).toBe(true)
})

test('a block that changes in the middle changes only its group', () => {
  const split = createTextSplitter()
  const text = `${paragraphs(15)}See [a].\n\n${paragraphs(20)}`
  const before = groupTextBlocks(split(text), 10)
  const after = groupTextBlocks(split(`${text}[a]: /url\n\n# B`), 10)
  expect(after[0]).toBe(before[0])
  expect(after[1]).not.toBe(before[1])
  expect(after[1]![5]!.text).toContain('/url')
  expect(after[2]).toBe(before[2])
})

test('a group that was returned before is not modified', () => {
  const split = createTextSplitter()
  const [before] = groupTextBlocks(split('One\n\nTwo\n\nTh'))
  const copy = structuredClone(before)
  groupTextBlocks(split('One\n\nTwo\n\nThree\n\nFour'))
  expect(before).toEqual(copy)
})
