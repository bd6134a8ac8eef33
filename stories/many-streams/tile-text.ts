import { topics } from '../model/answers/topics.ts'

/** All answers of the scripted model, as plain sentences. */
const sentences = topics
  .flatMap(({ sections }) =>
    sections
      .flat()
      .flatMap((section) => section.split('\n\n'))
      .filter((paragraph) => /^[^#|`$-]/.test(paragraph) && paragraph.length > 80)
      .map((paragraph) => paragraph.replaceAll(/[*`]+/g, '').replaceAll(/\s+/g, ' ')),
  )
  .flatMap((paragraph) => paragraph.match(/[^.。؟!?]{8,}[.。؟!?]/g) ?? [])

/** The text of one tile. Each tile starts with a different sentence. */
export function tileText(number: number): string {
  const at = number % sentences.length
  return [...sentences.slice(at), ...sentences.slice(0, at)].join(' ').trim().slice(0, 6000)
}
