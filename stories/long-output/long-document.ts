const words =
  'river stone window paper signal harbour winter engine garden letter bridge copper market lantern orchard compass thunder mirror basket needle'.split(
    ' ',
  )

/** A Markdown document of about so many characters: headings, paragraphs, lists, tables and code. */
export function longDocument(length: number): string {
  const sections: string[] = []
  let size = 0
  for (let number = 1; size < length; number += 1) {
    const section = sectionOf(number)
    sections.push(section)
    size += section.length + 2
  }
  return sections.join('\n\n')
}

function sectionOf(number: number): string {
  const word = (index: number) => words[(number * 7 + index * 3) % words.length] ?? ''
  const sentence = (from: number) =>
    `The ${word(from)} and the ${word(from + 1)} were **${word(from + 2)}** long before the ${word(from + 3)} came.`
  return [
    `## ${number}. Of ${word(0)} and ${word(5)}`,
    Array.from({ length: 6 }, (_, index) => sentence(index)).join(' '),
    Array.from({ length: 3 }, (_, index) => `- ${sentence(index + 2)}`).join('\n'),
    ...(number % 5 === 0
      ? [`| ${word(1)} | ${word(2)} |\n| --- | ---: |\n| ${word(3)} | ${number} |`]
      : []),
    ...(number % 7 === 0 ? [`\`\`\`js\nconst ${word(4)} = ${number}\n\`\`\``] : []),
    sentence(9),
  ].join('\n\n')
}
