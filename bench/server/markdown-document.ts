import { randomNumbers } from './random-numbers.ts'

const words =
  'stream block table frame render parser value state which holds because every between after before simple answer network browser memory commit layout paint'.split(
    ' ',
  )

/** A document of exactly `length` characters with the typical content of model answers. */
export function markdownDocument(length: number): string {
  const next = randomNumbers(length)
  const upTo = (limit: number) => Math.floor(next() * limit)
  const phrase = (count: number) =>
    Array.from({ length: count }, () => words[upTo(words.length)]).join(' ')
  const lines = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join('\n')

  const paragraph = () =>
    `The ${phrase(12 + upTo(20))}, with **${phrase(2)}** and \`${phrase(1)}\`; ${phrase(14 + upTo(30))}.`

  const kinds = [
    paragraph,
    paragraph,
    paragraph,
    () => `## On the ${phrase(3)}`,
    () => lines(3 + upTo(4), () => `- ${phrase(6 + upTo(8))} and *${phrase(2)}*`),
    () => lines(3 + upTo(3), (index) => `${index + 1}. ${phrase(8 + upTo(8))}`),
    () => '```ts\n' + lines(4 + upTo(10), () => `const ${phrase(1)} = '${phrase(4)}'`) + '\n```',
    () => `> ${phrase(18)}\n> ${phrase(12)}`,
    () =>
      '| name | meaning | unit |\n| --- | --- | --- |\n' +
      lines(3 + upTo(5), () => `| ${phrase(1)} | ${phrase(5)} | ${phrase(1)} |`),
  ]

  const blocks: string[] = []
  for (let size = 0; size < length; size += blocks.at(-1)!.length + 2) {
    blocks.push(kinds[upTo(kinds.length)]!())
  }
  return blocks.join('\n\n').slice(0, length)
}
