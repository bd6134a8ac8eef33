import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the fault proxy listens. */
    faultProxy: string
  }
}

export default async function startFaultProxy(project: TestProject): Promise<() => void> {
  const proxy = fork(fileURLToPath(new URL('./fault-proxy-process.mjs', import.meta.url)), {
    execArgv: [],
  })
  const [message] = (await once(proxy, 'message')) as [{ origin: string }]
  project.provide('faultProxy', message.origin)
  return () => void proxy.kill()
}
