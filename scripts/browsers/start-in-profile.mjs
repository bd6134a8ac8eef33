/** Starts browsers, and ends them with all their child processes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stopGroup } from '../install.mjs'

export function start(executablePath, args, env) {
  return spawn(executablePath, args, {
    // Browsers log many messages about hardware that a test machine does not have.
    stdio: process.env.DEBUG_BROWSER ? 'inherit' : 'ignore',
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
  })
}

/**
 * @param {string} name of the browser
 * @param {(profile: string) => Promise<import('node:child_process').ChildProcess[]>} startAll starts
 *   the browser and the processes that it needs
 * @returns {Promise<{ close: () => Promise<void>, ended: Promise<never> }>} `ended` rejects if the
 *   browser ends before it is closed
 */
export async function startInProfile(name, startAll) {
  const profile = await mkdtemp(join(tmpdir(), `page-in-${name}-`))
  const processes = await startAll(profile)
  const exits = processes.map((child) => once(child, 'exit'))
  const killAll = () => processes.forEach(kill)
  process.on('exit', killAll)
  const ended = exits[0].then(([code, signal]) => {
    throw new Error(`${processes[0].spawnfile} ended (${code ?? signal}).`)
  })
  ended.catch(() => undefined)
  return {
    ended,
    async close() {
      killAll()
      await Promise.allSettled(exits)
      process.off('exit', killAll)
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}

function kill(child) {
  try {
    stopGroup(child)
  } catch {
    // It has ended by itself.
  }
}
