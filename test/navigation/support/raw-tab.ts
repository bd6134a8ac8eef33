import type { Browser, CDPSession } from 'playwright'

/** A tab as a user has it: not emulated as focused, and kept in the back/forward cache when it is left. */
export interface RawTab {
  send(method: string, parameters?: object): Promise<unknown>
  evaluate(expression: string): Promise<unknown>
  close(): Promise<void>
}

interface Answer {
  readonly id?: number
  readonly result?: unknown
}

/**
 * Opens tabs beside those of Playwright, which restores no page from the back/forward cache and freezes
 * none.
 */
export async function createRawTabs(browser: Browser) {
  const session: CDPSession = await browser.newBrowserCDPSession()
  const waiting = new Map<number, (result: unknown) => void>()
  let lastId = 0
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as Answer
    waiting.get(id ?? 0)?.(result)
  })

  return async function openRawTab(url: string): Promise<RawTab> {
    const { targetId } = await session.send('Target.createTarget', { url })
    const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })

    async function send(method: string, params: object = {}) {
      const id = ++lastId
      const answered = new Promise((resolve) => waiting.set(id, resolve))
      const message = JSON.stringify({ id, method, params })
      await session.send('Target.sendMessageToTarget', { sessionId, message })
      return answered
    }

    return {
      send,
      async evaluate(expression) {
        const parameters = { expression, returnByValue: true, awaitPromise: true }
        const { result } = (await send('Runtime.evaluate', parameters)) as {
          result?: { value?: unknown }
        }
        return result?.value
      },
      close: () => session.send('Target.closeTarget', { targetId }).then(() => undefined),
    }
  }
}
