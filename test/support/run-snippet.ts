import { compileFunction } from 'node:vm'
import ts from 'typescript'
import { readmeSnippets } from './readme-snippets.ts'

/**
 * Runs a snippet of a page without its imports, and returns its exports.
 *
 * @param page path of the page in the project
 * @param containing a word that only this snippet of the page contains
 */
export function runSnippet(page: string, containing: string): unknown {
  const snippet = readmeSnippets(page).find(({ code }) => code.includes(containing))
  if (!snippet) throw new Error(`${page} has no snippet with ${containing}.`)
  const { outputText } = ts.transpileModule(snippet.code.replaceAll(/^import .*$/gm, ''), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  })
  const exports = {}
  const run = compileFunction(outputText, ['exports', 'fetch']) as (...scope: unknown[]) => void
  // Tests replace the global one.
  run(exports, (...request: Parameters<typeof fetch>) => globalThis.fetch(...request))
  return exports
}
