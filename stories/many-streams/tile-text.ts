import { topics } from '../model/answers/topics.ts'

/** All that the scripted model can say, as paragraphs of plain text. */
const paragraphs = topics.flatMap(({ sections }) =>
  sections
    .flat()
    .flatMap((section) => section.split('\n\n'))
    .filter((paragraph) => /^[^#|`$-]/.test(paragraph) && paragraph.length > 80)
    .map((paragraph) => paragraph.replaceAll(/[*`\n]+/g, ' ')),
)

/** The text of one tile: each tile begins at another paragraph. */
export function tileText(number: number): string {
  const at = (number * 7) % paragraphs.length
  return [...paragraphs.slice(at), ...paragraphs.slice(0, at)].join(' ').slice(0, 900)
}
