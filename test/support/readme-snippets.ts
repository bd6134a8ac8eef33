import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

export const root = dirname(dirname(import.meta.dirname))

export interface Snippet {
  /** The path that the snippet would have as a file of the project. */
  path: string
  code: string
}

/** The code snippets of a page, by default of the README, in order. */
export function readmeSnippets(page = 'README.md'): Snippet[] {
  const markdown = readFileSync(join(root, page), 'utf8')
  return [...markdown.matchAll(/^```(tsx?|jsx)\n(.*?)^```$/gms)].map(([, extension, code], at) => ({
    path: join(root, `${basename(page)}.snippet-${at + 1}.${extension ?? 'ts'}`),
    code: code ?? '',
  }))
}
