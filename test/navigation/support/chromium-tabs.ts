import { chromium, type CDPSession } from 'playwright'
import { vi } from 'vitest'
import type { Engine } from '../../../scripts/browsers/open-page.mjs'
import { launchArgs } from '../../../scripts/ensure-browser.mjs'
import type { Tab, TabBrowser } from './tab.ts'

export interface ChromiumTab extends Tab {
  setLifecycleState(state: 'frozen' | 'active'): Promise<unknown>
}

export interface ChromiumTabs extends TabBrowser {
  openTab(url: string): Promise<ChromiumTab>
}

interface Answer {
  readonly id?: number
  readonly result?: unknown
}

/**
 * Opens tabs without Playwright, whose tabs are neither restored from the back/forward cache nor frozen.
 */
export async function createChromiumTabs({ executablePath }: Engine): Promise<ChromiumTabs> {
  const browser = await chromium.launch({
    executablePath,
    // One process per tab, because a crash ends a whole process, and the back/forward cache as for users.
    args: [...launchArgs, '--process-per-tab'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
  const session: CDPSession = await browser.newBrowserCDPSession()
  const waiting = new Map<number, (result: unknown) => void>()
  let lastId = 0
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as Answer
    waiting.get(id ?? 0)?.(result)
  })

  async function attach(targetId: string): Promise<ChromiumTab> {
    const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false })

    async function send(method: string, params: object = {}) {
      const id = ++lastId
      const answered = new Promise((resolve) => waiting.set(id, resolve))
      const message = JSON.stringify({ id, method, params })
      await session.send('Target.sendMessageToTarget', { sessionId, message })
      return answered
    }

    async function evaluate(expression: string) {
      const parameters = {
        expression,
        returnByValue: true,
        awaitPromise: true,
        userGesture: true,
      }
      const { result } = (await send('Runtime.evaluate', parameters)) as {
        result?: { value?: unknown }
      }
      return result?.value
    }

    return {
      evaluate,
      async navigate(url) {
        await send('Page.navigate', { url })
      },
      async reload() {
        await send('Page.reload')
      },
      /** A window that a page opens has the page's storage, like a duplicate. */
      async duplicate() {
        await evaluate('void open(location.href)')
        const findCopy = async () => {
          const { targetInfos } = await session.send('Target.getTargets')
          return targetInfos.find(({ openerId }) => openerId === targetId)
        }
        const copy = await vi.waitUntil(findCopy, { timeout: 10_000 })
        return attach(copy.targetId)
      },
      async crash() {
        // This command has no response.
        void send('Page.crash')
      },
      async halt() {
        await send('Debugger.enable')
        await send('Debugger.pause')
      },
      async proceed() {
        await send('Debugger.resume')
      },
      setLifecycleState: (state) => send('Page.setWebLifecycleState', { state }),
      async close() {
        await session.send('Target.closeTarget', { targetId })
      },
    }
  }

  return {
    async openTab(url) {
      return attach((await session.send('Target.createTarget', { url })).targetId)
    },
    close: () => browser.close(),
  }
}
