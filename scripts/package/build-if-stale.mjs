import { spawnSync } from 'node:child_process'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Builds the package if its dist is missing or older than its sources, and logs it. */
export async function buildIfStale(root, entry) {
  const built = await modifiedAt(entry)
  const reason =
    built === undefined
      ? 'dist is missing'
      : (await newestIn(root)) > built
        ? 'dist is older than src'
        : undefined
  if (reason === undefined) return
  console.log(`Building the package first: ${reason}.`)
  const { status } = spawnSync('npm', ['run', 'build', '--silent'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`The build failed: 'npm run build' ended with ${status}.`)
}

async function newestIn(root) {
  const sources = (await readdir(join(root, 'src'), { recursive: true })).map((file) =>
    join('src', file),
  )
  const times = await Promise.all(
    [...sources, 'package.json', 'tsup.config.ts'].map((file) => modifiedAt(join(root, file))),
  )
  return Math.max(...times.filter((time) => time !== undefined))
}

async function modifiedAt(file) {
  return (await stat(file).catch(() => undefined))?.mtimeMs
}
