import { readFileSync } from 'node:fs'
import { cpus, loadavg, platform, totalmem } from 'node:os'
import { join } from 'node:path'

/** The class of the machine, without anything that identifies it. */
export function machine() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory: Math.round(totalmem() / 2 ** 30),
    platform: platform(),
    node: process.version,
  }
}

/** The load average over the last minute. */
export const loadAverage = () => loadavg()[0] ?? 0

/** The versions that the bench's own package pins. */
export function peerVersions(bench: string): Readonly<Record<string, string>> {
  const { dependencies } = JSON.parse(readFileSync(join(bench, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  return dependencies
}
