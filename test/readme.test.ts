import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { readmeSnippets, root, type Snippet } from './support/readme-snippets.ts'

/** Checks files that exist only here, under the project's own compiler options. */
function typeErrors(snippets: Snippet[]): string[] {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
  const host = ts.createCompilerHost(options)
  const codeOf = (path: string) => snippets.find((snippet) => snippet.path === path)?.code
  const disk = { ...host }
  host.fileExists = (path) => codeOf(path) !== undefined || disk.fileExists(path)
  host.readFile = (path) => codeOf(path) ?? disk.readFile(path)
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const code = codeOf(path)
    return code === undefined
      ? disk.getSourceFile(path, languageVersion, ...rest)
      : ts.createSourceFile(path, code, languageVersion)
  }
  const paths = snippets.map(({ path }) => path)
  const program = ts.createProgram(paths, { ...options, noUnusedLocals: false }, host)
  return paths.flatMap((path) => {
    const file = program.getSourceFile(path)
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    )
  })
}

describe('the README', () => {
  const snippets = readmeSnippets()

  it('has snippets to check', () => {
    expect(snippets.length).toBeGreaterThanOrEqual(4)
  })

  it('has only snippets that type-check', { timeout: 60_000 }, () => {
    expect(typeErrors(snippets)).toEqual([])
  })

  it('would notice a snippet that does not', { timeout: 60_000 }, () => {
    const wrong = {
      path: join(root, 'README.snippet-0.ts'),
      code: 'export const n: number = "one"',
    }
    expect(typeErrors([wrong])).toHaveLength(1)
  })
})

const docs = readdirSync(join(root, 'stories/docs'))

describe('the docs pages', () => {
  it('have only snippets that type-check', { timeout: 60_000 }, () => {
    const snippets = docs.flatMap((page) => readmeSnippets(`stories/docs/${page}`))
    expect(snippets.length).toBeGreaterThan(8)
    expect(typeErrors(snippets)).toEqual([])
  })

  it('link only to stories and pages that there are', () => {
    const id = (title: string) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
    const stories = readdirSync(join(root, 'stories'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.stories.tsx'))
      .flatMap((path) => {
        const code = readFileSync(join(root, 'stories', path), 'utf8')
        const [, title = ''] = /title: '(.*?)'/.exec(code) ?? []
        return [...code.matchAll(/^export const (\w+): Story/gm)].map(([, name = '']) => {
          const words = name.replaceAll(/([a-z])([A-Z])/g, '$1-$2').replace(/^A([A-Z])/, 'A-$1')
          return `?path=/story/${id(title)}--${id(words)}`
        })
      })
    const pages = docs.map((page) => {
      const text = readFileSync(join(root, 'stories/docs', page), 'utf8')
      return `?path=/docs/${id(/<Meta title="(.*?)"/.exec(text)?.[1] ?? '')}--docs`
    })
    for (const page of docs) {
      const text = readFileSync(join(root, 'stories/docs', page), 'utf8')
      for (const [, link] of text.matchAll(/\]\((\?path=.*?)\)/g)) {
        expect([...stories, ...pages], `the link of ${page}`).toContain(link)
      }
    }
  })
})
