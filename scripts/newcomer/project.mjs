/** Folders outside the project, in which an app and the packed package are installed. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const react = ['react@19.3.1', 'react-dom@19.3.1']
const app = fileURLToPath(new URL('app', import.meta.url))

/**
 * An empty project with the package, as npm would publish it, and the given packages.
 *
 * @returns its folder, with the files of the app in `src`
 */
export async function createProject({ work, tarball }, name, packages, manifest = {}) {
  const folder = await mkdtemp(join(work, `${name}-`))
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, ...manifest }))
  await cp(app, join(folder, 'src'), { recursive: true })
  const options = '--no-audit --no-fund --loglevel=error'
  const command = `npm install ${options} "${tarball}" ${packages.join(' ')}`
  const { status } = spawnSync(command, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 2],
    shell: true,
  })
  if (status !== 0) throw new Error(`${command} failed.`)
  return folder
}

/** Runs a script in this Node or another one. Its output is the result or the error. */
export function runNode(args, { cwd, node = process.execPath, env = {} }) {
  try {
    return execFileSync(node, args, {
      cwd,
      env: { ...process.env, ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 240_000,
    })
  } catch (error) {
    throw new Error(`${args.join(' ')} failed:\n${error.stdout ?? ''}${error.stderr ?? error}`)
  }
}

/** A Node of another major version, from npm. */
export async function installNode({ work }, major) {
  const folder = await mkdtemp(join(work, `node-${major}-`))
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const options = '--no-audit --no-fund --loglevel=error'
  const { status } = spawnSync(`npm install ${options} ${name}@${major}`, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 2],
    shell: true,
  })
  if (status !== 0) throw new Error(`npm has no Node ${major} for this machine.`)
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node'
  return join(folder, 'node_modules', name, file)
}
