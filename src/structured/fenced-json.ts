import { createPartialJsonReader, type PartialJsonReader } from '../json/partial-json-reader.ts'

/**
 * Reads JSON as models write it: white space before it, and perhaps a Markdown fence around it. What
 * follows the fence does not count.
 */
export function createFencedJsonReader(): PartialJsonReader {
  const reader = createPartialJsonReader()
  let head = ''
  let isFenced: boolean | undefined

  return Object.create(reader, {
    push: {
      value(delta: string) {
        if (isFenced === undefined) {
          head = (head + delta).trimStart()
          // So far it may become a fence.
          if (/^(?:`{0,2}|```.*)$/.test(head)) return
          isFenced = head.startsWith('```')
          delta = isFenced ? head.slice(head.indexOf('\n')) : head
        }
        for (const piece of isFenced ? delta.split(/(?=`)/) : [delta]) {
          if (!isFenced || reader.state !== 'complete') reader.push(piece)
        }
      },
    },
  }) as PartialJsonReader
}
