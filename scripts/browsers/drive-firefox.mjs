/** Drives Firefox by WebDriver BiDi. */
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import WebSocket from 'ws'
import { startFirefox } from './firefox.mjs'
import { startInProfile } from './start-in-profile.mjs'

/** With the recommended preferences, Firefox would behave differently than for users. */
const preferences = { 'remote.prefs.recommended': false }

/**
 * @param {import('./engines.mjs').Engine} engine
 * @returns {Promise<import('./drive-firefox.mjs').DrivenFirefox>}
 */
export async function driveFirefox({ executablePath }) {
  let folder
  const { close, ended } = await startInProfile('firefox', async (profile) => {
    folder = profile
    const args = ['--remote-debugging-port=0', '--remote-allow-system-access', 'about:blank']
    return [await startFirefox(executablePath, profile, args, preferences)]
  })
  try {
    const send = await Promise.race([connect(folder), ended])
    await send('session.new', { capabilities: {} })
    return { send, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function connect(profile) {
  const socket = new WebSocket(`${await addressFrom(profile)}/session`)
  await once(socket, 'open')
  const waiting = new Map()
  let lastId = 0
  socket.on('message', (data) => {
    const { id, type, result, error, message } = JSON.parse(data)
    const { resolve, reject } = waiting.get(id) ?? {}
    waiting.delete(id)
    if (type === 'success') resolve?.(result)
    else if (type === 'error') reject?.(new Error(`${error}: ${message}`))
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('Firefox has ended.'))
  })
  return (method, params = {}) =>
    new Promise((resolve, reject) => {
      waiting.set(++lastId, { resolve, reject })
      socket.send(JSON.stringify({ id: lastId, method, params }))
    })
}

/** Firefox writes the address at which it listens into its profile. */
async function addressFrom(profile) {
  const deadline = performance.now() + 30_000
  for (;;) {
    try {
      const text = await readFile(join(profile, 'WebDriverBiDiServer.json'), 'utf8')
      const { ws_host: host, ws_port: port } = JSON.parse(text)
      return `ws://${host}:${port}`
    } catch (error) {
      if (performance.now() > deadline) throw error
      await delay(50)
    }
  }
}
