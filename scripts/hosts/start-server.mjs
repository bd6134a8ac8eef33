import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { stopGroup } from '../install.mjs'

/**
 * Starts a server, and waits until it answers.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {Record<string, string>} options.env added to the environment of this process
 * @param {string} [options.url] where it listens; by default it prints the address itself
 * @returns its address, and a function that stops it with all its child processes
 */
export async function startServer(command, args, { cwd, env, url }) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: process.platform !== 'win32',
  })
  const stop = () => {
    if (child.exitCode === null && child.pid !== undefined) stopGroup(child)
  }
  const printed = addressFrom(child, `${command} ${args.join(' ')}`)
  if (url === undefined) return { url: await printed, stop }
  printed.catch(() => {})
  await reachable(url)
  return { url, stop }
}

/** The address that a process prints. */
function addressFrom(child, name) {
  // Not by iterating, which closes the output at the end: a server that keeps writing would fail.
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (piece) => {
      said += piece
      const [url] = /http:\/\/localhost:\d+(?=\s)/.exec(said.replaceAll(/\x1b\[[\d;]*m/g, '')) ?? []
      if (url) resolve(url.replace('localhost', '127.0.0.1'))
    })
    child.on('error', reject)
    child.stdout.on('end', () => reject(new Error(`${name} ended before it listened: ${said}`)))
  })
}

async function reachable(url) {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answers = await fetch(url).then(
      () => true,
      () => false,
    )
    if (answers) return
    await delay(100)
  }
  throw new Error(`No server responds at ${url}.`)
}
