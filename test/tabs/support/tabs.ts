import { onTestFinished } from 'vitest'
import {
  broadcast,
  createCompletion,
  resumable,
  type Completion,
  type CompletionState,
  type UrlCompletionOptions,
  type SettledState,
} from '../../../src/core.ts'
import { turns } from '../../client/support/turns.ts'
import { createBackgroundServer } from './background-server.ts'
import { createFakeBrowser, type FakeTab } from './fake-browser.ts'

export interface Tab extends FakeTab {
  readonly completion: Completion<string>
  readonly finished: SettledState[]
  state(): ReturnType<Completion<string>['getState']>
  start(input: string): void
  /** Leaves the page, permanently or into the back/forward cache. */
  close(): void
}

/** Tabs of one app that share a completion, and its server. */
export function openApp({
  options = {},
  refuses = {},
  stolen,
  pieces = ['Hel', 'lo, ', 'wor', 'ld'],
}: {
  options?: Partial<UrlCompletionOptions<string, CompletionState>>
  refuses?: Parameters<typeof createFakeBrowser>[0]
  /** The error of a lock that another tab has stolen. */
  stolen?: () => Error
  pieces?: readonly string[]
} = {}) {
  const browser = createFakeBrowser(refuses, stolen)
  const server = createBackgroundServer(...pieces)
  const tabs: Tab[] = []

  function openTab(more: Partial<UrlCompletionOptions<string, CompletionState>> = {}): Tab {
    const tab = browser.openTab()
    const finished: SettledState[] = []
    return tab.run(() => {
      const completion = broadcast(
        'chat',
        createCompletion<string>({
          url: '/responses',
          publish: 'sync',
          fetch: server.fetch,
          resume: resumable({
            url: ({ responseId }) => `/responses/${responseId}`,
            cancel: ({ responseId }) => `/responses/${responseId}/cancel`,
          }),
          onFinish: (result) => finished.push(result),
          ...options,
          ...more,
        }),
      )
      const end = completion.subscribe(() => undefined)
      onTestFinished(() => {
        tab.run(() => {
          completion.reset()
          end()
        })
      })
      const opened: Tab = {
        ...tab,
        completion,
        finished,
        state: () => completion.getState(),
        start: (input) => void tab.run(() => completion.start(input)),
        close() {
          tab.fire('pagehide', { persisted: false })
          tab.crash()
        },
      }
      tabs.push(opened)
      return opened
    })
  }

  return {
    browser,
    server,
    openTab,
    /** Delivers everything that was sent. */
    settle: async () => {
      for (let quiet = 0; quiet < 3; quiet = browser.deliver() ? 0 : quiet + 1) await turns()
    },
  }
}
