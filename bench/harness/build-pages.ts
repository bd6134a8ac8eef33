import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build, type BuildOptions, type Plugin } from 'esbuild'
import type { ContestantName, Entry, ViewName } from '../workloads/workload.ts'

export const pageName = ({ contestant, view }: Pick<Entry, 'contestant' | 'view'>) =>
  `${contestant}-${view}`

/** Builds a page for each contestant and view, as an app in production would. */
export async function buildPages(
  bench: string,
  folder: string,
  entries: readonly Entry[],
  minify: boolean,
) {
  await rm(folder, { recursive: true, force: true })
  const pages = new Map(entries.map((entry) => [pageName(entry), entry]))
  await Promise.all(
    Array.from(pages, ([name, { contestant, view }]) =>
      build({
        ...production(bench),
        minify,
        stdin: { contents: pageScript(contestant, view), resolveDir: bench, loader: 'tsx' },
        outfile: join(folder, `${name}.js`),
      }),
    ),
  )
}

/** The size of a contestant with its dependencies, without React, minified and gzipped, in bytes. */
export async function bundleSize(bench: string, contestant: ContestantName): Promise<number> {
  const { outputFiles } = await build({
    ...production(bench),
    stdin: {
      contents: `export * from './contestants/${contestant}'`,
      resolveDir: bench,
      loader: 'ts',
    },
    external: ['react', 'react-dom', 'react/jsx-runtime'],
    write: false,
  })
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length
}

/** One React and one parser for this package and its peers. Otherwise the package would find its own. */
const sharedPackages = (bench: string): Plugin => ({
  name: 'shared-packages',
  setup(bundle) {
    bundle.onResolve(
      { filter: /^(react|react-dom|eventsource-parser)(\/|$)/ },
      ({ path, kind, resolveDir }) =>
        resolveDir === bench ? undefined : bundle.resolve(path, { kind, resolveDir: bench }),
    )
  },
})

function production(bench: string) {
  return {
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [sharedPackages(bench)],
    logLevel: 'error',
  } satisfies BuildOptions
}

function pageScript(contestant: ContestantName, view: ViewName): string {
  if (contestant === 'floor') {
    return `
      import { mountFloor } from './page/mount-floor.ts'
      import { readAnswer } from './contestants/floor.ts'
      mountFloor(readAnswer)`
  }
  // The commit counter comes first, because React looks for it when it is loaded.
  return `
    import './page/count-commits.ts'
    import { mount } from './page/mount.tsx'
    import { useAnswer } from './contestants/${contestant}.tsx'
    import * as view from './views/${view}.tsx'
    mount({ useAnswer, ...view })`
}
