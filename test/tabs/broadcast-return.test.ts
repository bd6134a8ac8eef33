import { beforeEach, describe, expect, test } from 'vitest'
import { pass, stopTheClock } from '../client/support/fake-time.ts'
import { reading, takeTurns } from './support/reading-tabs.ts'
import { openApp } from './support/tabs.ts'

beforeEach(takeTurns)

describe('a tab whose page may be left', () => {
  const hasLock = (tab: { hasRequestedLock: () => boolean }) => tab.hasRequestedLock()

  test('neither holds a lock nor waits for one, unless it reads', async () => {
    const { settle, first, second } = await reading()
    for (const tab of [first, second]) tab.fire('beforeunload')
    await settle()
    expect([first, second].map(hasLock)).toEqual([true, false])
    first.completion.abort()
    await settle()
    first.fire('beforeunload')
    await settle()
    expect([first, second].map(hasLock)).toEqual([false, false])
  })

  test('rejoins the queue when the page stays', async () => {
    stopTheClock()
    const { server, settle, first, second } = await reading()
    second.fire('beforeunload')
    await settle()
    server.go(1)
    await settle()
    expect(second.state().text).toBe('Hello, ')
    first.crash()
    await pass(2900)
    await settle()
    expect(server.log).toHaveLength(1)
    await pass(200)
    await settle()
    expect(server.log).toEqual(['POST /responses', 'GET /responses/resp_0'])
    server.go()
    await settle()
    expect(second.state()).toMatchObject({ status: 'complete', text: server.text })
  })

  test('stays disconnected when the page is left', async () => {
    stopTheClock()
    const { settle, second } = await reading()
    second.fire('beforeunload')
    second.fire('pagehide', { persisted: true })
    await pass(4000)
    await settle()
    expect(second.isConnected()).toBe(false)
    expect(hasLock(second)).toBe(false)
  })
})

describe('a tab that returns', () => {
  test('from the cache shows the state of the others, and posts nothing', async () => {
    const { server, settle, first, second } = await reading()
    second.fire('pagehide', { persisted: true })
    expect(second.isConnected()).toBe(false)
    server.go(2)
    await settle()
    expect(second.state().text).toBe('Hel')
    second.fire('pageshow', { persisted: true })
    await settle()
    expect(second.state().text).toBe(first.state().text)
    server.go()
    await settle()
    expect(second.state()).toMatchObject({ status: 'complete', text: server.text })
    expect(server.log).toHaveLength(1)
  })

  test('after it was frozen while reading does not interfere with the tab that reads now', async () => {
    const { server, settle, first, second } = await reading()
    first.fire('freeze')
    await settle()
    server.go(1)
    await settle()
    first.fire('resume')
    await settle()
    const before = first.sent.length
    server.go()
    await settle()
    expect(first.sent.slice(before).filter((message) => 'run' in (message as object))).toEqual([])
    for (const tab of [first, second]) {
      expect(tab.state()).toMatchObject({ status: 'complete', text: server.text })
    }
  })

  test('continues reading if there is no other tab', async () => {
    const { openTab, server, settle } = openApp()
    const only = openTab()
    await settle()
    only.start('Hi')
    await settle()
    only.fire('freeze')
    server.go(3)
    await settle()
    only.fire('resume')
    server.go()
    await settle()
    expect(only.state()).toMatchObject({ status: 'complete', text: server.text })
    expect(server.log).toHaveLength(1)
  })
})
