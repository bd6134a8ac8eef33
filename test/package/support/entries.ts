import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

interface Manifest {
  name: string
  main: string
  types: string
  exports: Record<string, string | Record<string, string>>
  typesVersions: Record<string, Record<string, string[]>>
  alias: Record<string, string>
  dependencies?: Record<string, string>
  peerDependencies: Record<string, string>
}

/** The package.json that npm would publish. */
export const manifest = JSON.parse(
  readFileSync(join(inject('published'), 'package.json'), 'utf8'),
) as Manifest

/** The subpaths of modules, including `.`. */
export const subpaths = Object.keys(manifest.exports).filter(
  (subpath) => subpath !== './package.json',
)

/** The specifier that an app imports, such as `use-streaming-completion/core`. */
export const specifierOf = (subpath: string) => manifest.name + subpath.slice(1)

/** The names of the built modules, equal to those of the modules in `src`. */
export const entries = subpaths.map((subpath) => (subpath === '.' ? 'index' : subpath.slice(2)))
