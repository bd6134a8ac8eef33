import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const root = dirname(dirname(import.meta.dirname))

export interface Snippet {
  /** Where the snippet would stand if it were a file of the project. */
  path: string
  code: string
}

/** The code of the README, in the order in which it stands there. */
export function readmeSnippets(): Snippet[] {
  const markdown = readFileSync(join(root, 'README.md'), 'utf8')
  return [...markdown.matchAll(/^```(tsx?)\n(.*?)^```$/gms)].map(([, extension, code], at) => ({
    path: join(root, `README.snippet-${at + 1}.${extension ?? 'ts'}`),
    code: code ?? '',
  }))
}
