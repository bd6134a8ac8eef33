/** Installs programs that the scripts need, if possible. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export const isRoot = process.getuid?.() === 0

/**
 * Runs a command, shows its output, and returns whether it succeeded. After `limit` milliseconds it is
 * stopped with all its child processes: without network access, some commands would wait forever.
 */
export function succeeds(command, args, { limit, env = {} }) {
  console.log(`> ${[command, ...args].join(' ')}`)
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      detached: process.platform !== 'win32',
    })
    const timer = setTimeout(() => {
      console.log(`Stopped after ${limit / 1000} seconds.`)
      stopGroup(child)
    }, limit)
    const settle = (success) => {
      clearTimeout(timer)
      resolve(success)
    }
    child.on('error', () => settle(false))
    child.on('exit', (code) => settle(code === 0))
  })
}

/** Ends a detached child with all its child processes. */
export function stopGroup(child, signal = 'SIGKILL') {
  if (process.platform === 'win32') child.kill()
  else process.kill(-child.pid, signal)
}

export function linuxDistribution() {
  try {
    return /^ID="?([\w-]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
  } catch {
    return undefined
  }
}

/** Debian's packages need only the system's mirror, which is often available without internet access. */
export function canUseApt() {
  return isRoot && process.platform === 'linux' && linuxDistribution() === 'debian'
}

const servicePolicy = '/usr/sbin/policy-rc.d'

/** Installs Debian's packages without starting their services. */
export async function installWithApt(...packages) {
  const options = ['-q', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::Retries=1']
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const hasPolicy = existsSync(servicePolicy)
  // Debian runs this script before it starts a service; exit code 101 forbids it.
  if (!hasPolicy) writeFileSync(servicePolicy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    await succeeds('apt-get', [...options, 'update'], { limit: 2 * 60_000, env })
    return await succeeds(
      'apt-get',
      [...options, 'install', '-y', '--no-install-recommends', ...packages],
      { limit: 10 * 60_000, env },
    )
  } finally {
    if (!hasPolicy) rmSync(servicePolicy)
  }
}

/** @param {...string} args a browser's name, and options of `playwright install` */
export function installWithPlaywright(...args) {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright')), 'cli.js')
  return succeeds(process.execPath, [cli, 'install', ...args], {
    limit: 5 * 60_000,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000' },
  })
}
