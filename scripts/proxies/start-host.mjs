/** Starts a host as a child process, configured in a separate folder. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, copyFileSync, existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isRoot, stopGroup, succeeds } from '../install.mjs'
import { hosts } from './hosts.mjs'

/** Includes a build before the host listens. */
const startLimit = 180_000

/** @returns {string | undefined} the path of a host's program, if it is installed */
export function findProgram(name) {
  const { commands, needs } = hosts[name]
  if (needs && !existsSync(needs)) return undefined
  // An ordinary user's PATH has no folder for servers.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return commands
    .flatMap((command) => folders.filter(Boolean).map((folder) => join(folder, command)))
    .find(isExecutable)
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * A folder in which a host can be started, with the npm packages that it needs.
 *
 * @returns the folder and how to remove it; undefined if the packages could not be installed
 */
export async function prepareFolder(name) {
  const folder = await mkdtemp(join(tmpdir(), `proxy-${name}-`))
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  // Workers that are no longer root write there as well.
  await chmod(folder, 0o777)
  const { npm, node, server } = hosts[name]
  if (!npm) return { folder, remove }
  const packages = Object.entries(npm).map((entry) => entry.join('@'))
  if (node) packages.push(`${nodePackage}@${node}`)
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--silent']
  await writeFile(join(folder, 'package.json'), '{ "private": true }')
  const args = ['install', '--prefix', folder, ...options, ...packages]
  const installed = await succeeds('npm', args, { limit: 5 * 60_000 })
  if (installed) {
    copyFileSync(fileURLToPath(new URL(`./servers/${server}`, import.meta.url)), entryIn(folder))
    return { folder, remove }
  }
  await remove()
  return undefined
}

/** A separate version of Node. */
const nodePackage = `node-${process.platform}-${process.arch}`
const entryIn = (folder) => join(folder, 'server.mjs')

/** @returns a host's origin, and how to end it */
export async function startHost(name, { folder, upstream, variant }) {
  const port = await freePort()
  const tls = variant === 'h2' ? await makeCertificate(folder) : undefined
  const { command, args, env } = await (hosts[name].npm ? prepareServer : prepareProgram)(name, {
    folder,
    port,
    upstream,
    variant,
    tls,
  })
  const child = spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: folder, ...env },
    detached: true,
  })
  let said = ''
  for (const output of [child.stdout, child.stderr]) output.on('data', (piece) => (said += piece))
  const ended = once(child, 'exit')
  const kill = () => {
    try {
      stopGroup(child)
    } catch {
      // It has ended by itself.
    }
  }
  process.on('exit', kill)

  async function close() {
    kill()
    await ended
    process.off('exit', kill)
  }

  const until = Date.now() + startLimit
  while (!(await accepts(port))) {
    if (child.exitCode !== null || Date.now() > until) {
      const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '')
      await close()
      throw new Error(`${name} did not start:\n${said}${log}`)
    }
    await delay(50)
  }
  return { origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, close }
}

async function prepareProgram(name, settings) {
  const { arguments: argumentsFor, config } = hosts[name]
  const { folder, port } = settings
  const written = config({ ...settings, isRoot })
  const files = typeof written === 'string' ? { config: written } : written
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  return { command: findProgram(name), args: argumentsFor(folder, port) }
}

function prepareServer(name, { folder, port, upstream, variant = '' }) {
  const command = hosts[name].node
    ? join(folder, 'node_modules', nodePackage, 'bin', 'node')
    : process.execPath
  const env = { PORT: String(port), UPSTREAM: String(upstream), VARIANT: variant }
  return { command, args: [entryIn(folder)], env }
}

async function makeCertificate(folder) {
  // HAProxy finds the key by this name.
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'certificate.pem.key')]
  if (!existsSync(certificate)) {
    const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
    const args = ['req', '-x509', '-days', '2', ...made, ...subject]
    const child = spawn('openssl', args, { stdio: 'ignore' })
    const [code] = await once(child, 'exit')
    if (code !== 0) throw new Error('openssl made no certificate.')
    await chmod(key, 0o644)
  }
  return { certificate, key }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const settle = (answer) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => settle(true)).on('error', () => settle(false))
  })
}
