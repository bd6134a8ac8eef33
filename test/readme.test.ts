import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
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
  const program = ts.createProgram(
    [join(root, 'test/support/snippets.d.ts'), ...paths],
    { ...options, noUnusedLocals: false, allowJs: true, checkJs: true },
    host,
  )
  return paths.flatMap((path) => {
    const file = program.getSourceFile(path)
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    )
  })
}

const guides = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))

describe('the README and the guides', () => {
  const pages = ['README.md', ...guides.map((name) => `docs/${name}`)]
  const read = (page: string) => readFileSync(join(root, page), 'utf8')

  /** The anchors of a page's headings, as GitHub makes them. */
  const anchors = (page: string) =>
    [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    )

  it.each(pages)('%s links only to files and headings that exist', (page) => {
    const links = [...read(page).matchAll(/(?:\]\(|src(?:set)?=")(?!https?:)([^)"\s]+)/g)]
    const broken = links.filter(([, link = '']) => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && !anchors(target).includes(anchor)
    })
    expect(broken.map(([, link]) => link)).toEqual([])
  })

  it('every guide is linked from the README', () => {
    const readme = read('README.md')
    expect(guides.filter((name) => !readme.includes(`](docs/${name}`))).toEqual([])
  })

  it('the part above the reference takes about five minutes to read', () => {
    const [start = ''] = read('README.md').split('\n---\n')
    const prose = start.replaceAll(/```.*?```/gs, '').replaceAll(/\]\(\S+\)/g, ' ')
    // At 230 words a minute, without the code.
    expect(prose.match(/[\p{L}\p{N}][^\s]*/gu)!.length).toBeLessThan(1150)
    expect(read('README.md').length).toBeGreaterThan(start.length)
  })
})

const docs = readdirSync(join(root, 'stories/docs'))

describe('the snippets of all pages', () => {
  it('type-check', { timeout: 60_000 }, () => {
    const pages = [
      'README.md',
      ...guides.map((name) => `docs/${name}`),
      ...docs.map((name) => `stories/docs/${name}`),
    ]
    const snippets = pages.map((page) => readmeSnippets(page))
    expect(snippets[0]!.length).toBeGreaterThanOrEqual(4)
    expect(snippets.flat().length).toBeGreaterThan(40)
    // One of them is wrong on purpose, to see that errors are found.
    const path = join(root, 'wrong.snippet-0.ts')
    const wrong = { path, code: 'export const n: number = "one"' }
    expect(typeErrors([wrong, ...snippets.flat()])).toEqual([
      `${path}: Type 'string' is not assignable to type 'number'.`,
    ])
  })
})

describe('the docs pages', () => {
  it('link only to existing stories and pages', () => {
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
