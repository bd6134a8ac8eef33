/** Starts a proxy as a process of the caller's own, configured in a folder of its own. */
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, connect } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { isRoot, stopGroup } from '../install.mjs'
import { proxies } from './setups.mjs'

/** @returns {string | undefined} where the proxy's program is */
export function findProxy(name) {
  const { commands, needs } = proxies[name]
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

/** @returns the proxy's origin, and how to end it */
export async function startProxy(name, upstream) {
  const { arguments: argumentsFor, config } = proxies[name]
  const folder = await mkdtemp(join(tmpdir(), `proxy-${name}-`))
  // Workers that are no longer root write there as well.
  await chmod(folder, 0o777)
  const port = await freePort()
  await writeFile(join(folder, 'config'), config({ folder, port, upstream, isRoot }))
  const child = spawn(findProxy(name), argumentsFor(folder), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: folder },
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
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }

  for (let tries = 0; !(await accepts(port)); tries++) {
    if (child.exitCode !== null || tries > 200) {
      const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '')
      await close()
      throw new Error(`${name} did not start:\n${said}${log}`)
    }
    await delay(50)
  }
  return { origin: `http://127.0.0.1:${port}`, close }
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
