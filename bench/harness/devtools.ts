import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

type Parameters = Readonly<Record<string, unknown>>

/** A connection to one target of the browser, or to the browser itself. */
export interface Session {
  send<Result = unknown>(method: string, parameters?: Parameters): Promise<Result>
  /** Returns a function that removes the listener. */
  on(event: string, listener: (parameters: never) => void): () => void
}

export interface Devtools {
  readonly browser: Session
  readonly session: (id: string) => Session
  readonly close: () => Promise<void>
}

interface Message {
  id?: number
  sessionId?: string
  method?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
}

interface Call {
  method: string
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * Starts a browser and drives it by the DevTools protocol over a pipe. Playwright is not used, because it
 * observes the network of each page: the page would have to report every chunk of a stream, and this would be
 * the larger part of the measured cost.
 */
export async function startDevtools(
  executable: string,
  args: readonly string[],
): Promise<Devtools> {
  const profile = await mkdtemp(join(tmpdir(), 'bench-'))
  const child = spawn(
    executable,
    [
      ...args,
      '--headless=new',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      '--no-default-browser-check',
      '--disable-extensions',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      '--force-color-profile=srgb',
      '--mute-audio',
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  )
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve()
    })
  })
  const [, , , toBrowser, fromBrowser] = child.stdio as unknown as [
    null,
    null,
    null,
    Writable,
    Readable,
  ]

  const calls = new Map<number, Call>()
  const listeners = new Map<string, Set<(parameters: never) => void>>()
  let lastId = 0

  function fail(reason: string) {
    for (const { method, reject } of calls.values()) reject(new Error(`${method}: ${reason}`))
    calls.clear()
  }
  child.once('error', (error) => {
    fail(error.message)
  })
  toBrowser.on('error', () => undefined)
  void exited.then(() => {
    fail('the browser has ended')
  })

  function receive({ id, sessionId = '', method, params, result, error }: Message) {
    if (id === undefined) {
      for (const listener of listeners.get(`${sessionId} ${method}`) ?? [])
        listener(params as never)
      return
    }
    const call = calls.get(id)
    calls.delete(id)
    if (error) call?.reject(new Error(`${call.method}: ${error.message}`))
    else call?.resolve(result)
  }

  // Messages end with a NUL.
  let pending: Buffer[] = []
  fromBrowser.on('data', (chunk: Buffer) => {
    let start = 0
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      pending.push(chunk.subarray(start, end))
      start = end + 1
      const text = Buffer.concat(pending).toString()
      pending = []
      receive(JSON.parse(text) as Message)
    }
    if (start < chunk.length) pending.push(chunk.subarray(start))
  })

  const session = (sessionId?: string): Session => ({
    send<Result>(method: string, params: Parameters = {}) {
      const id = ++lastId
      return new Promise<Result>((resolve, reject) => {
        calls.set(id, { method, resolve: resolve as Call['resolve'], reject })
        toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
      })
    },
    on(event, listener) {
      const key = `${sessionId ?? ''} ${event}`
      const known = listeners.get(key) ?? new Set()
      listeners.set(key, known.add(listener))
      return () => known.delete(listener)
    },
  })

  return {
    browser: session(),
    session,
    async close() {
      child.kill('SIGKILL')
      await exited
      // The browser's child processes may still write for a moment.
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}
