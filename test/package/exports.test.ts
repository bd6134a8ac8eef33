import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { beforeAll, expect, inject, test } from 'vitest'
import { entries } from './support/entries.ts'

const dist = join(inject('published'), 'dist')
const typesOf = (entry: string) => join(dist, `${entry}.d.ts`)

let program: ts.Program

beforeAll(() => {
  program = ts.createProgram(entries.map(typesOf), {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  })
}, 60_000)

/** The exports of an entry: `values` exist at run time, `types` only for the compiler. */
function exportsOf(entry: string) {
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(program.getSourceFile(typesOf(entry))!)
  const values: string[] = []
  const types: string[] = []
  for (const symbol of checker.getExportsOfModule(module!)) {
    const isAlias = symbol.flags & ts.SymbolFlags.Alias
    const { flags } = isAlias ? checker.getAliasedSymbol(symbol) : symbol
    if (flags & ts.SymbolFlags.Value) values.push(symbol.name)
    else types.push(symbol.name)
  }
  return { values: values.sort(), types: types.sort() }
}

// An added, renamed or removed name is a decision that belongs in the changelog.
test.each(entries)('the entry %s exports exactly the listed names', (entry) => {
  expect(exportsOf(entry)).toMatchSnapshot()
})

test.each(entries)(
  'at run time, the entry %s has the values that its types declare',
  async (entry) => {
    const url = pathToFileURL(join(dist, `${entry}.js`)).href
    const module = (await import(/* @vite-ignore */ url)) as object
    expect(Object.keys(module).sort()).toEqual(exportsOf(entry).values)
  },
)
