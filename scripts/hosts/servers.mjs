/** Every server of `examples/`, and how it is started. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from '../ensure-installed.mjs'
import { startServer } from './start-server.mjs'

/** The runtimes that are installed from npm, into a folder outside the project. */
const runtimes = { workerd: '1.20261117.1', bun: '1.4.5', deno: '2.9.6' }
const python = process.platform === 'win32' ? 'python' : 'python3'
const compatibilityDate = '2026-11-01'

const pathOf = (name) => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))

function install(name) {
  ensureInstalled(new URL(`../../examples/${name}/`, import.meta.url), `the recipe ${name}`)
}

function npmInstall(folder, ...packages) {
  const options = '--no-audit --no-fund --loglevel=error'
  const { status } = spawnSync(`npm install ${options} ${packages.join(' ')}`, {
    cwd: folder,
    stdio: 'inherit',
    shell: true,
  })
  if (status !== 0) throw new Error(`npm install ${packages.join(' ')} failed.`)
}

/** The path of a runtime. */
async function installRuntime(name, work) {
  const folder = await mkdtemp(join(work, `${name}-`))
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  npmInstall(folder, `${name}@${runtimes[name]}`)
  return join(folder, 'node_modules/.bin', name)
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The Worker in the runtime of Cloudflare, without the tools around it. */
async function startWorkerd({ env, work }) {
  const folder = await mkdtemp(join(work, 'worker-'))
  const port = await freePort()
  const text = (name) => `( name = "${name}", text = ${JSON.stringify(env[name])} )`
  await cp(join(pathOf('cloudflare'), 'worker.mjs'), join(folder, 'worker.mjs'))
  await writeFile(
    join(folder, 'config.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    ( name = "main", worker = .proxy ),
    ( name = "internet", network = ( allow = [ "public", "private" ] ) ),
  ],
  sockets = [ ( name = "http", address = "127.0.0.1:${port}", http = (), service = "main" ) ],
);
const proxy :Workerd.Worker = (
  modules = [ ( name = "worker.mjs", esModule = embed "worker.mjs" ) ],
  compatibilityDate = "${compatibilityDate}",
  bindings = [ ${text('OPENAI_API_KEY')}, ${text('OPENAI_BASE_URL')} ],
);
`,
  )
  const url = `http://127.0.0.1:${port}`
  const command = await installRuntime('workerd', work)
  return startServer(command, ['serve', 'config.capnp'], { cwd: folder, env: {}, url })
}

/** The whole app, built for production, with the package as npm would publish it. */
async function startNext({ env, work, tarball }) {
  const folder = join(work, 'next')
  await cp(pathOf('next'), folder, {
    recursive: true,
    filter: (path) => !/node_modules|\.next/.test(path),
  })
  npmInstall(folder, '--ignore-scripts', `"${await tarball()}"`)
  const next = join(folder, 'node_modules/next/dist/bin/next')
  const options = { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 2] }
  execFileSync(process.execPath, [next, 'build'], options)
  const port = await freePort()
  const args = [next, 'start', '--port', `${port}`, '--hostname', '127.0.0.1']
  return startServer(process.execPath, args, { cwd: folder, env, url: `http://127.0.0.1:${port}` })
}

const withNode =
  (name) =>
  ({ env }) =>
    startServer(process.execPath, ['server.mjs'], { cwd: pathOf(name), env })

const isThere = (command) => spawnSync(command, ['--version']).status === 0
const versionOf = (command) =>
  /\d+\.\d+[\w.]*/.exec(execFileSync(command, ['--version'], { encoding: 'utf8' }))?.[0]
/** The version of a dependency in the lockfile of a recipe, or in its package.json if there is no lockfile. */
async function dependencyOf(name, dependency) {
  const read = async (file) => JSON.parse(await readFile(join(pathOf(name), file), 'utf8'))
  const { packages } = await read('package-lock.json').catch(() => ({ packages: {} }))
  const locked = packages[`node_modules/${dependency}`]?.version
  return locked ?? (await read('package.json')).dependencies[dependency]
}

/**
 * @typedef {object} Start the options for starting a server
 * @property {Record<string, string>} env the key and the address of the provider
 * @property {string} work a folder for its packages
 * @property {() => Promise<string>} tarball packs the package, and returns the path
 */

/** @type {Record<string, { title: () => string | Promise<string>, start: (with_: Start) => ReturnType<typeof startServer>, skipped?: () => string | undefined }>} */
export const servers = {
  node: { title: () => `Node ${process.versions.node}`, start: withNode('node') },
  express: {
    title: async () => `Express ${await dependencyOf('express', 'express')}`,
    start(options) {
      install('express')
      return withNode('express')(options)
    },
  },
  hono: {
    title: async () => `Hono ${await dependencyOf('hono', 'hono')} on Node`,
    start(options) {
      install('hono')
      return withNode('hono')(options)
    },
  },
  python: {
    title: () => `Python ${versionOf(python)}`,
    skipped: () => (isThere(python) ? undefined : 'Python is not installed'),
    start: ({ env }) => startServer(python, ['server.py'], { cwd: pathOf('python'), env }),
  },
  cloudflare: { title: () => `workerd ${runtimes.workerd}`, start: startWorkerd },
  bun: {
    title: () => `Bun ${runtimes.bun}`,
    start: async ({ env, work }) =>
      startServer(await installRuntime('bun', work), ['server.mjs'], { cwd: pathOf('bun'), env }),
  },
  deno: {
    title: () => `Deno ${runtimes.deno}`,
    async start({ env, work }) {
      const args = ['run', '-NE', '--unstable-no-legacy-abort', 'server.mjs']
      return startServer(await installRuntime('deno', work), args, { cwd: pathOf('deno'), env })
    },
  },
  next: {
    title: async () => `Next.js ${await dependencyOf('next', 'next')}`,
    start: startNext,
  },
}
