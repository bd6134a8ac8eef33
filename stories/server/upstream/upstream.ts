import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerRequest } from './answer-request.ts'
import { BackgroundStore } from './background-store.ts'
import type { LoggedRequest } from './request-log.ts'
import { hashOf, seededRandom } from '../../model/random.ts'

/** A request header with a speed factor that overrides the server's. */
export const speedHeader = 'x-demo-speed'

export interface UpstreamOptions {
  /** The API key that requests must send. */
  apiKey: string
  /** The same seed gives the same timing, padding and byte borders. */
  seed?: number | undefined
  /** 1 is the pace of a real model; 10 is ten times as fast. */
  speed?: number | undefined
}

/** A local provider of model completions, free of charge. */
export interface Upstream {
  /** For the SDK's `baseURL`. */
  readonly baseURL: string
  /** Every request so far, oldest first. */
  readonly requests: readonly LoggedRequest[]
  close: () => Promise<void>
}

/** Starts an HTTP server of its own on a free port of the loopback interface. */
export async function startUpstream({
  apiKey,
  seed = 1,
  speed = 1,
}: UpstreamOptions): Promise<Upstream> {
  const requests: LoggedRequest[] = []
  const store = new BackgroundStore()
  const server = createServer((request, response) => {
    let settle = () => {}
    const logged: LoggedRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: '',
      outcome: 'open',
      settled: new Promise((resolve) => (settle = resolve)),
    }
    requests.push(logged)
    const left = new AbortController()
    response.on('close', () => {
      logged.outcome = response.writableFinished ? 'answered' : 'closed-by-client'
      left.abort()
      settle()
    })
    const random = seededRandom(hashOf(`${seed}:${requests.length}`))
    const { signal } = left
    const circumstances = { apiKey, logged, random, signal, store }
    const asked = Number(request.headers[speedHeader] ?? 1)
    void answerRequest(request, response, {
      ...circumstances,
      speed: asked > 0 ? speed * asked : speed,
    })
  })
  server.listen(0, '127.0.0.1')
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  // The server must not keep the process alive.
  server.unref()
  const { port } = server.address() as AddressInfo
  return {
    baseURL: `http://127.0.0.1:${port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
