import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the fault server listens. */
    faultServer: string
    /** Where nobody listens, and connections are refused. */
    closedServer: string
  }
}

/** A process of its own, so that what its sockets do never depends on the test runner's event loop. */
export default async function startFaultServer(project: TestProject): Promise<() => void> {
  const server = fork(fileURLToPath(new URL('./fault-server.mjs', import.meta.url)), {
    execArgv: [],
  })
  const [message] = (await once(server, 'message')) as [{ origin: string; closedOrigin: string }]
  project.provide('faultServer', message.origin)
  project.provide('closedServer', message.closedOrigin)
  return () => void server.kill()
}
