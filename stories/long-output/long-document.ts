import readme from '../../README.md?raw'
import results from '../../bench/RESULTS.md?raw'
import contributing from '../../CONTRIBUTING.md?raw'
import security from '../../SECURITY.md?raw'
import { fillTableHeads } from '../parts/fill-table-heads.ts'

/** This project's own documentation, without pictures and comments. */
const documents = [readme, contributing, security, results]
  .map((text) =>
    fillTableHeads(text)
      .replaceAll(/<picture>[^]*?<\/picture>\n*/g, '')
      .replaceAll(/<!--[^]*?-->\n*/g, '')
      .replaceAll(/!\[[^\]]*\]\([^)]*\)\n*/g, '')
      .trim(),
  )
  .join('\n\n')

/** A real Markdown document of about the given length: the project's documentation, repeated. */
export function longDocument(length: number): string {
  const times = Math.ceil(length / documents.length)
  const text = Array.from({ length: times }, () => documents).join('\n\n')
  const end = text.indexOf('\n\n', length)
  return end < 0 ? text : text.slice(0, end)
}
