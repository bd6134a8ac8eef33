import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

/** Installs the packages of `bench/package.json` as locked, unless that has been done. */
export function installPeers(bench: string) {
  if (
    modifiedAt(join(bench, 'node_modules/.package-lock.json')) >=
    modifiedAt(join(bench, 'package-lock.json'))
  ) {
    return
  }
  console.log('Installing the packages that the benchmark compares …')
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: bench,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error('npm ci failed in bench/: the benchmark needs its peers.')
}

function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
