import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A proxy that can be killed at any moment and restarts on the same port. */
export interface ResurrectingProxy {
  readonly origin: string
  /** Kills the process at once (SIGKILL), and starts another on the same port. */
  kill(): void
  /** Whether it is listening: not between a kill and the start of the next process. */
  readonly isUp: boolean
  /** Resolves once it listens again. */
  isBack(): Promise<void>
  /** How many processes have been killed. */
  readonly kills: number
  close(): Promise<void>
}

export async function startResurrectingProxy(originPort: number): Promise<ResurrectingProxy> {
  const script = fileURLToPath(new URL('./mortal-proxy.mjs', import.meta.url))
  const children = new Set<ChildProcess>()
  const spawn = () => {
    const child = fork(script, [String(originPort)], { execArgv: [] })
    children.add(child)
    child.on('exit', () => children.delete(child))
    return child
  }
  // The next process is started in advance, so that its start does not delay the test.
  let current = spawn()
  let spare = spawn()
  let kills = 0
  let isUp = true
  let back: Promise<void> = Promise.resolve()

  async function listen(child: ChildProcess, port: number): Promise<number> {
    child.send({ port })
    const [message] = (await once(child, 'message')) as [{ port: number }]
    return message.port
  }

  const port = await listen(current, 0)
  return {
    origin: `http://127.0.0.1:${port}`,
    kill() {
      kills++
      isUp = false
      const dead = current
      current = spare
      spare = spawn()
      dead.kill('SIGKILL')
      const isGone = once(dead, 'exit')
      back = back
        .then(() => isGone)
        .then(() => listen(current, port))
        .then(() => void (isUp = true))
    },
    get isUp() {
      return isUp
    },
    isBack: () => back,
    get kills() {
      return kills
    },
    async close() {
      await back
      const gone = [...children].map((child) => once(child, 'exit'))
      for (const child of children) child.kill('SIGKILL')
      await Promise.all(gone)
    },
  }
}
