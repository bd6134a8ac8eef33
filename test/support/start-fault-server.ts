import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the fault server listens. */
    faultServer: string
    /** An address without a listener, where connections are refused. */
    closedServer: string
  }
}

/** Runs in a separate process, so that its sockets do not depend on the test runner's event loop. */
export default async function startFaultServer(project: TestProject): Promise<() => void> {
  const server = fork(fileURLToPath(new URL('./fault-server.mjs', import.meta.url)), {
    execArgv: [],
  })
  const [message] = (await once(server, 'message')) as [{ origin: string; closedOrigin: string }]
  project.provide('faultServer', message.origin)
  project.provide('closedServer', message.closedOrigin)
  return () => void server.kill()
}
