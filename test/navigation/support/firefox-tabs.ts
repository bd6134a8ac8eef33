import { driveFirefox } from '../../../scripts/browsers/drive-firefox.mjs'
import type { Engine } from '../../../scripts/browsers/open-page.mjs'
import type { Tab, TabBrowser } from './tab.ts'

interface Tree {
  readonly contexts: readonly { readonly context: string }[]
}

/** Opens tabs by WebDriver BiDi. Commands that need the browser's own window are evaluated there. */
export async function createFirefoxTabs(engine: Engine): Promise<TabBrowser> {
  const firefox = await driveFirefox(engine)
  const send = (method: string, parameters?: object) => firefox.send(method, parameters)
  const scope = { 'moz:scope': 'chrome' }
  const { contexts } = (await send('browsingContext.getTree', scope)) as Tree
  const window = contexts[0]!.context

  async function evaluateIn(context: string, expression: string) {
    const answer = await send('script.evaluate', {
      expression,
      target: { context },
      awaitPromise: true,
      userActivation: true,
    })
    return (answer as { result?: { value?: unknown } }).result?.value
  }

  const tabList = async () =>
    ((await send('browsingContext.getTree', { maxDepth: 0 })) as Tree).contexts.map(
      ({ context }) => context,
    )

  async function openContext() {
    const { context } = (await send('browsingContext.create', { type: 'tab' })) as {
      context: string
    }
    return context
  }

  function wrap(context: string): Tab {
    let pid = 0

    /** Evaluates in the browser's window, where `tab` is this one. */
    async function inWindow(expression: string) {
      const position = (await tabList()).indexOf(context)
      return evaluateIn(window, `{ const tab = gBrowser.tabs[${position}]; ${expression} }`)
    }

    /** A navigation may have changed the process. */
    async function findProcess() {
      pid = Number(await inWindow('tab.linkedBrowser.browsingContext.currentWindowGlobal.osPid'))
    }

    return {
      evaluate: (expression) => evaluateIn(context, expression).catch(() => undefined),
      async navigate(url) {
        await send('browsingContext.navigate', { context, url })
      },
      async reload() {
        await send('browsingContext.reload', { context })
      },
      async duplicate() {
        const before = await tabList()
        await inWindow('void gBrowser.duplicateTab(tab)')
        const copy = (await tabList()).find((other) => !before.includes(other))
        return wrap(copy!)
      },
      async crash() {
        await findProcess()
        process.kill(pid, 'SIGKILL')
      },
      async halt() {
        await findProcess()
        process.kill(pid, 'SIGSTOP')
      },
      async proceed() {
        process.kill(pid, 'SIGCONT')
      },
      async close() {
        await send('browsingContext.close', { context })
      },
    }
  }

  return {
    async openTab(url) {
      const tab = wrap(await openContext())
      await tab.navigate(url)
      return tab
    },
    close: () => firefox.close(),
  }
}
