import { createPartialJsonReader, type PartialJsonReader } from '../json/partial-json-reader.ts'

/** Reads JSON as models write it: perhaps with a Markdown fence around it, and words after that. */
export function createFencedJsonReader(): PartialJsonReader {
  const reader = createPartialJsonReader()
  const { push } = reader
  let head: string | undefined = ''
  let isFenced = false

  reader.push = (delta) => {
    if (head !== undefined) {
      head += delta
      // So far it may become a fence.
      if (/^\s*(?:`{0,2}|```.*)$/.test(head)) return
      isFenced = /^\s*`/.test(head)
      // As white space, so that a place in the JSON is one in the text.
      delta = head.replace(/^\s*(?:```.*)?/, (fence) => ' '.repeat(fence.length))
      head = undefined
    }
    for (const piece of delta.split(/(?=`)/)) {
      if (isFenced && piece.startsWith('`') && reader.state === 'complete') reader.push = () => {}
      else push(piece)
    }
  }
  return reader
}
