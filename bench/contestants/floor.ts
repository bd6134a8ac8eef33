import type { ReadAnswer } from '../page/contestant.ts'
import { readDelta } from './read-delta.ts'
import { readEvents } from './read-events.ts'

/** The minimum cost of reading: the parser, `JSON.parse`, concatenation, and one write at the end. */
export const readAnswer: ReadAnswer = async (url, format) => {
  let text = ''
  await readEvents(url, (data) => {
    text += readDelta(format, data)
  })
  return text
}
