import { beforeEach, describe, expect, test } from 'vitest'
import { pass, stopTheClock } from '../client/support/fake-time.ts'
import { reading, takeTurns } from './support/reading-tabs.ts'
import { openApp } from './support/tabs.ts'

beforeEach(takeTurns)

describe('when the tab that reads disappears', () => {
  test.each([
    ['closes', (tab: Awaited<ReturnType<typeof reading>>['first']) => tab.close()],
    ['crashes', (tab: Awaited<ReturnType<typeof reading>>['first']) => tab.crash()],
    ['is frozen', (tab: Awaited<ReturnType<typeof reading>>['first']) => tab.fire('freeze')],
    ['is cached', (tab: Awaited<ReturnType<typeof reading>>['first']) => tab.fire('pagehide')],
  ])('because it %s, one other tab continues reading by GET', async (_, leave) => {
    const { openTab, server, settle, first, second } = await reading()
    const third = openTab()
    await settle()
    const shown: string[] = []
    second.completion.subscribe(() => shown.push(second.state().text))
    leave(first)
    await settle()
    expect(server.log).toEqual(['POST /responses', 'GET /responses/resp_0'])
    server.go()
    await settle()
    for (const tab of [second, third]) {
      expect(tab.state()).toMatchObject({ status: 'complete', text: server.text })
    }
    expect(shown.every((text, index) => text.length >= (shown[index - 1] ?? '').length)).toBe(true)
    expect(server.log).toHaveLength(2)
  })

  test('and stays silent, another one reads after a few seconds', async () => {
    stopTheClock()
    const { server, settle, first, second } = await reading()
    first.mute()
    await pass(5900)
    expect(server.log).toHaveLength(1)
    await pass(3500)
    await settle()
    expect(server.log).toEqual(['POST /responses', 'GET /responses/resp_0'])
    server.go()
    await settle()
    expect(second.state()).toMatchObject({ status: 'complete', text: server.text })
    expect(first.state()).toMatchObject({ status: 'complete', text: server.text })
  })

  test('a tab that reads and has no new state for a long time keeps the lead', async () => {
    stopTheClock()
    const { server, settle, second } = await reading()
    for (let elapsed = 0; elapsed < 60; elapsed++) {
      await pass(1000)
      await settle()
    }
    expect(server.log).toEqual(['POST /responses'])
    server.go()
    await settle()
    expect(second.state()).toMatchObject({ status: 'complete', text: server.text })
  })

  test('and has read nothing since it was frozen, another one reads after a few seconds', async () => {
    stopTheClock()
    const { openTab, server, settle } = openApp()
    const first = openTab()
    await settle()
    first.start('Hi')
    await settle()
    first.fire('freeze')
    first.fire('resume')
    await settle()
    const second = openTab()
    await settle()
    expect(second.state()).toMatchObject({ status: 'streaming' })
    // The run itself would give up after 10 s.
    for (let elapsed = 0; elapsed < 9; elapsed++) {
      await pass(1000)
      await settle()
    }
    await pass(900)
    await settle()
    expect(server.log).toEqual(['POST /responses', 'GET /responses/resp_0'])
    server.go()
    await settle()
    for (const tab of [first, second]) {
      expect(tab.state()).toMatchObject({ status: 'complete', text: server.text })
    }
  })

  test('a run that the server no longer has is an error that keeps the text', async () => {
    const { server, settle, first, second } = await reading()
    server.forget()
    first.close()
    await settle()
    expect(second.state()).toMatchObject({ status: 'error', text: 'Hel', error: { kind: 'http' } })
  })

  test('without resume the run is an error that keeps the text', async () => {
    const { server, settle, first, second } = await reading({ options: { resume: undefined } })
    first.close()
    await settle()
    expect(second.state()).toMatchObject({
      status: 'error',
      text: 'Hel',
      error: { kind: 'network', phase: 'body' },
    })
    expect(server.log).toHaveLength(1)
  })

  test('the tab that continues reading can stop the run', async () => {
    const { server, settle, first, second } = await reading()
    first.close()
    await settle()
    second.run(() => second.completion.abort())
    await settle()
    expect(second.state()).toMatchObject({ status: 'aborted', text: 'Hel' })
    expect(server.log.at(-1)).toBe('POST /responses/resp_0/cancel')
  })
})
