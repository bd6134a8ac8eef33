import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The imports of a built module: names of packages, and unresolved paths of other modules. */
function importsOf(path: string): string[] {
  const text = readFileSync(path, 'utf8')
  const statements = text.matchAll(/^(?:import|export)\b[^;'"`]*?(?:from )?["']([^"']+)["'];?$/gm)
  return [...statements].map(([, specifier]) => specifier!)
}

/** Everything that an entry loads: files, and the packages that they import. */
export function reachableFrom(entry: string, ending: '.js' | '.d.ts') {
  const files = new Set([entry])
  const packages = new Set<string>()
  for (const file of files) {
    for (const specifier of importsOf(file)) {
      if (!specifier.startsWith('.')) packages.add(specifier)
      else files.add(join(dirname(file), specifier.replace(/\.js$/, ending)))
    }
  }
  return { files: [...files], packages: [...packages].sort() }
}
