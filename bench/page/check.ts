import { textPath } from '../server/stream-address.ts'
import type { PageRequest } from './protocol.ts'

/** Compares the text that each stream shows with the server's answer. */
export async function checkShown(
  { answer, urls }: PageRequest,
  shown: readonly string[],
  expected: (text: string) => string | Promise<string> = (text) => text,
): Promise<string | undefined> {
  const response = await fetch(textPath(answer))
  const right = await expected(await response.text())
  if (shown.length !== urls.length) return `${shown.length} of ${urls.length} answers are shown`
  for (const text of shown) {
    if (text === right) continue
    let same = 0
    while (same < text.length && text[same] === right[same]) same++
    return `differs after ${same} of ${right.length} characters: ${text.length} are shown`
  }
  return undefined
}
