import { randomNumbers } from './random-numbers.ts'

export type BlockKind = 'code' | 'list' | 'table' | 'paragraph'

const words =
  'stream block table frame render parser value state which holds because every between after before simple answer network browser memory commit layout paint'.split(
    ' ',
  )

/** Markdown that is one block of exactly `length` characters. */
export function longBlock(kind: BlockKind, length: number): string {
  const next = randomNumbers(length)
  const upTo = (limit: number) => Math.floor(next() * limit)
  const word = () => words[upTo(words.length)] as string
  const phrase = (count: number) => Array.from({ length: count }, word).join(' ')
  const { head, piece } = {
    code: {
      head: '```ts\n',
      piece: () =>
        upTo(6) === 0 ? '\n' : `const ${word()} = ${word()}(${word()}, '${phrase(2 + upTo(4))}')\n`,
    },
    list: { head: '', piece: () => `- ${phrase(6 + upTo(12))} and *${phrase(2)}*\n` },
    table: {
      head: '| name | meaning | unit |\n| --- | --- | --- |\n',
      piece: () => `| ${word()} | ${phrase(5)} | ${word()} |\n`,
    },
    paragraph: { head: '', piece: () => `The ${phrase(8 + upTo(16))}, with **${word()}**. ` },
  }[kind]
  let text = head
  while (text.length < length) text += piece()
  return text.slice(0, length)
}
