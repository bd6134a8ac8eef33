import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from 'prettier'
import { serve } from '../server/serve.ts'
import { workloads } from '../workloads/index.ts'
import { startBrowser } from './browser.ts'
import { buildPages, bundleSize } from './build-pages.ts'
import { installPeers } from './install-peers.ts'
import { readArguments } from './read-arguments.ts'
import type { ContestantName } from '../workloads/workload.ts'
import { loadAverage, machine, peerVersions } from './machine.ts'
import type { WorkloadResult } from './results.ts'
import { judge } from './targets.ts'
import { writeReport } from './write-report.ts'
import { runWorkload } from './run-workload.ts'

const fullRepeats = 5

export interface Place {
  /** The folder of the benchmark. */
  bench: string
  /** A folder for what is built. */
  folder: string
  arguments: readonly string[]
}

export async function main({ bench, folder, arguments: given }: Place) {
  const options = readArguments(given)
  if (!options) return
  const chosen = workloads(options.quick)
    .filter(
      ({ name }) => options.only.length === 0 || options.only.some((only) => name.startsWith(only)),
    )
    .map((workload) => ({
      ...workload,
      entries: workload.entries.filter(
        ({ contestant }) =>
          contestant === 'ours' ||
          options.against.length === 0 ||
          options.against.includes(contestant),
      ),
    }))
  if (chosen.length === 0)
    throw new Error(`No workload is called "${options.only.join('" or "')}".`)

  installPeers(bench)
  const pages = `${folder}/pages`
  await buildPages(
    bench,
    pages,
    chosen.flatMap(({ entries }) => entries),
    !options.profile,
  )
  const sizes = new Map<ContestantName, number>()
  for (const contestant of new Set(
    chosen.flatMap(({ entries }) => entries.map((entry) => entry.contestant)),
  )) {
    sizes.set(contestant, await bundleSize(bench, contestant))
  }

  const server = await serve(pages)
  const browser = await startBrowser()
  const results: WorkloadResult[] = []
  const startedAt = performance.now()
  const loadBefore = loadAverage()
  const browserVersion = await browser.version()
  try {
    for (const workload of chosen) {
      console.log(workload.title)
      const repeats = options.repeats ?? (options.quick ? workload.quickRepeats : fullRepeats)
      const watch = options.profile
        ? 'profile'
        : workload.scenario === 'tasks'
          ? 'tasks'
          : 'figures'
      results.push(await runWorkload(browser, server, workload, repeats, watch))
    }
  } finally {
    await browser.close()
    server.close()
  }

  const targets = judge(results, sizes)
  const markdown = writeReport({
    results,
    targets,
    sizes,
    versions: peerVersions(bench),
    command: ['npm run bench', ...(given.length > 0 ? ['--', ...given] : [])].join(' '),
    machine: { ...machine(), browser: browserVersion, loadBefore, loadAfter: loadAverage() },
    minutes: (performance.now() - startedAt) / 60_000,
  })
  const report = await format(markdown, { parser: 'markdown' })
  if (options.dry) {
    console.log(report)
    return
  }
  await writeFile(join(bench, 'RESULTS.md'), report)
  console.log(
    `Written to bench/RESULTS.md; ${targets.filter(({ met }) => met).length} of ${targets.length} targets are met.`,
  )
}
