import fc from 'fast-check'
import { expect, test } from 'vitest'
import { turns } from '../client/support/turns.ts'
import { openApp, type Tab } from './support/tabs.ts'

const { FAULT_RUN, FAULT_SEED } = process.env
const isSoak = FAULT_RUN === 'soak'
const seed = Number(FAULT_SEED ?? (isSoak ? Date.now() % 2 ** 31 : 20_261))

type Step =
  | { readonly type: 'open' }
  | { readonly type: 'server'; readonly count: number }
  | { readonly type: 'deliver'; readonly choice: number }
  | { readonly type: 'wait' }
  | { readonly type: TabStep; readonly tab: number }

const tabSteps = [
  ...(['start', 'abort', 'close', 'crash'] as const),
  ...(['beforeunload', 'hide', 'show', 'freeze', 'resume'] as const),
] as const
type TabStep = (typeof tabSteps)[number]

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ type: 'open' } as const) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('server' as const), count: fc.nat(3) }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('deliver' as const), choice: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.constant({ type: 'wait' } as const) },
  { weight: 5, arbitrary: fc.record({ type: fc.constantFrom(...tabSteps), tab: fc.nat(3) }) },
)

test(
  'tabs that come and go in any order end up with the same answer, and post nothing twice',
  { timeout: isSoak ? 600_000 : 60_000 },
  async () => {
    if (isSoak) console.log(`tabs: seed=${seed}`)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { browser, server, openTab, settle } = openApp()
        const tabs: Tab[] = [openTab()]
        let starts = 0

        const act = (type: TabStep, tab: Tab) => {
          const remove = () => void tabs.splice(tabs.indexOf(tab), 1)
          switch (type) {
            case 'start':
              starts++
              {
                tab.start('Hi')
                return
              }
            case 'abort': {
              tab.run(() => tab.completion.abort())
              return
            }
            case 'close':
              tab.close()
              {
                remove()
                return
              }
            case 'crash':
              tab.crash()
              {
                remove()
                return
              }
            case 'hide': {
              tab.fire('pagehide', { persisted: true })
              return
            }
            case 'show': {
              tab.fire('pageshow', { persisted: true })
              return
            }
            default: {
              tab.fire(type)
              return
            }
          }
        }

        for (const each of steps) {
          if (each.type === 'open') tabs.push(openTab())
          else if (each.type === 'server') server.go(each.count)
          else if (each.type === 'deliver') browser.deliverOne(each.choice)
          else if (each.type === 'wait') await turns(3)
          else {
            const tab = tabs[each.tab % Math.max(1, tabs.length)]
            if (tab) act(each.type, tab)
          }
        }
        for (const tab of tabs) tab.fire('resume')
        await settle()
        server.go()
        await settle()

        // A start that ends before it is sent posts nothing.
        expect(server.log.filter((line) => line === 'POST /responses').length).toBeLessThanOrEqual(
          starts,
        )
        const shown = tabs.map((tab) => tab.state())
        for (const { status, text, responseId } of shown) {
          expect({ status, text, responseId }).toEqual({
            status: shown[0]!.status,
            text: shown[0]!.text,
            responseId: shown[0]!.responseId,
          })
          expect(status).not.toMatch(/ing$/)
          if (status === 'complete') expect(text).toBe(server.text)
        }
      }),
      { seed, numRuns: isSoak ? 5000 : 150 },
    )
  },
)
