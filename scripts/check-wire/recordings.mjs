import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The content type with which a body of each kind is served. */
const contentTypes = new Map([
  ['.sse', 'text/event-stream; charset=utf-8'],
  ['.ndjson', 'application/x-ndjson'],
  ['.json', 'application/json'],
])

const expectation = '.expect.json'

/**
 * Reads the recordings of a folder, in the order of their names: every `NAME.expect.json` with its
 * `NAME.sse`, `NAME.ndjson` or `NAME.json`.
 */
export async function readRecordings(directory) {
  const files = new Set(await readdir(directory))
  const names = [...files]
    .filter((file) => file.endsWith(expectation))
    .map((file) => file.slice(0, -expectation.length))
    .sort()
  const recordings = []
  for (const name of names) {
    for (const [extension, contentType] of contentTypes) {
      const file = name + extension
      if (!files.has(file)) continue
      recordings.push({
        file,
        contentType,
        body: new Uint8Array(await readFile(join(directory, file))),
        expected: JSON.parse(await readFile(join(directory, name + expectation), 'utf8')),
      })
    }
  }
  return recordings
}

/**
 * The files without their counterpart: a mistyped name must not count as a checked recording.
 */
export async function findUnpaired(directory) {
  const files = new Set(await readdir(directory))
  const unpaired = []
  for (const file of [...files].sort()) {
    if (file.endsWith(expectation)) {
      const name = file.slice(0, -expectation.length)
      if (![...contentTypes.keys()].some((extension) => files.has(name + extension))) {
        unpaired.push(file)
      }
    } else if (/\.(sse|ndjson)$/.test(file)) {
      if (!files.has(file.replace(/\.\w+$/, expectation))) unpaired.push(file)
    }
  }
  return unpaired
}
