import { beforeEach, describe, expect, test, vi } from 'vitest'
import { broadcast, createCompletion, isRunning } from '../../src/core.ts'
import { reading, takeTurns } from './support/reading-tabs.ts'
import { openApp } from './support/tabs.ts'

beforeEach(takeTurns)

describe('while one tab reads', () => {
  test('the others show the same states live, without a request', async () => {
    const { server, settle, first, second } = await reading()
    expect(second.state()).toMatchObject({ status: 'streaming', text: 'Hel' })
    server.go(1)
    await settle()
    expect(second.state()).toMatchObject({ status: 'streaming', text: 'Hello, ' })
    server.go()
    await settle()
    // The clocks of two tabs agree within floating-point precision.
    const { timing, ...shown } = second.state()
    expect(first.state()).toMatchObject(shown)
    expect(timing!.settledAt).toBeCloseTo(first.state().timing!.settledAt!)
    expect(shown).toMatchObject({ status: 'complete', text: server.text })
    expect(server.log).toEqual(['POST /responses'])
  })

  test('a tab that opens in mid-answer receives the whole state', async () => {
    const { openTab, server, settle } = await reading()
    const third = openTab()
    await settle()
    expect(third.state()).toMatchObject({ status: 'streaming', text: 'Hel' })
    server.go()
    await settle()
    expect(third.state()).toMatchObject({ status: 'complete', text: server.text })
    expect(server.log).toHaveLength(1)
  })

  test('a tab that opens later receives the answer', async () => {
    const { openTab, server, settle } = await reading()
    server.go()
    await settle()
    const third = openTab()
    await settle()
    expect(third.state()).toMatchObject({ status: 'complete', text: server.text })
  })

  test('nothing is sent while no tab listens, and otherwise only the changes', async () => {
    const pieces = Array.from({ length: 400 }, () => 'word ')
    const { openTab, server, settle } = openApp({ pieces })
    const first = openTab()
    await settle()
    first.start('Hi')
    await settle()
    const before = first.sent.length
    server.go(200)
    await settle()
    expect(first.sent).toHaveLength(before)
    openTab()
    await settle()
    const whole = JSON.stringify(first.sent.at(-1)).length
    server.go(1)
    await settle()
    const delta = JSON.stringify(first.sent.at(-1)).length
    expect(first.sent.length).toBeGreaterThan(before + 1)
    expect(delta).toBeLessThan(whole / 4)
  })

  test('it stops sending once no other tab has responded for a while', async () => {
    const { openTab, server, settle } = openApp({
      pieces: Array.from({ length: 900 }, () => 'word '),
    })
    const [first, second] = [openTab(), openTab()]
    await settle()
    first.start('Hi')
    await settle()
    for (let burst = 0; burst < 15; burst++) {
      server.go(40)
      await settle()
    }
    expect(second.state().text).toBe(first.state().text)
    second.crash()
    const before = first.sent.length
    server.go(250)
    await settle()
    expect(first.sent.length - before).toBeLessThan(220)
    const after = first.sent.length
    server.go()
    await settle()
    expect(first.sent).toHaveLength(after)
  })

  test('unchanged parts keep their identity in the other tabs', async () => {
    const { server, settle, second } = await reading()
    const before = second.state()
    server.go(1)
    await settle()
    const after = second.state()
    expect(after).not.toBe(before)
    expect(after.annotations).toBe(before.annotations)
    expect(after.toolCalls).toBe(before.toolCalls)
  })

  test('callbacks are called in the tab that reads', async () => {
    const { server, settle, first, second } = await reading()
    server.go()
    await settle()
    expect(first.finished).toHaveLength(1)
    expect(second.finished).toEqual([])
  })

  test('times are on the clock of each tab', async () => {
    const { first, second } = await reading()
    expect(second.state().timing!.startedAt).toBeCloseTo(first.state().timing!.startedAt)
  })
})

describe('the controls', () => {
  test('abort in any tab ends the run in all of them, and cancels it on the server', async () => {
    const { server, settle, first, second } = await reading()
    second.run(() => second.completion.abort())
    await settle()
    for (const tab of [first, second]) {
      expect(tab.state()).toMatchObject({ status: 'aborted', abortReason: 'abort', text: 'Hel' })
    }
    expect(server.log).toEqual(['POST /responses', 'POST /responses/resp_0/cancel'])
  })

  test('the event of a click is not the reason of an abort', async () => {
    const { settle, first, second } = await reading()
    second.run(() => second.completion.abort({ nativeEvent: () => undefined }))
    await settle()
    expect(first.state()).toMatchObject({ status: 'aborted', abortReason: 'abort' })
  })

  test('a reason that cannot be cloned reaches the others as JSON', async () => {
    const { settle, first, second } = await reading()
    first.run(() => first.completion.abort({ why: 'tired', then: () => undefined }))
    await settle()
    expect(second.state()).toMatchObject({ status: 'aborted', abortReason: { why: 'tired' } })
  })

  test('reset in any tab resets all of them', async () => {
    const { settle, first, second } = await reading()
    second.run(() => second.completion.reset())
    await settle()
    expect(first.state().status).toBe('idle')
    expect(second.state().status).toBe('idle')
  })

  test('a start in another tab supersedes the run in all of them', async () => {
    const { server, settle, first, second } = await reading()
    second.start('Something else')
    await settle()
    expect(first.finished).toMatchObject([{ status: 'aborted', abortReason: 'superseded' }])
    expect(server.log).toEqual([
      'POST /responses',
      'POST /responses',
      'POST /responses/resp_0/cancel',
    ])
    server.go()
    await settle()
    for (const tab of [first, second]) {
      expect(tab.state()).toMatchObject({ status: 'complete', responseId: 'resp_1' })
    }
  })

  test('a lock that is stolen with an error of any name, as by a polyfill, is lost without an error', async () => {
    const { server, settle, first, second } = await reading({ stolen: () => new Error('stolen') })
    second.start('Something else')
    await settle()
    expect(first.finished).toMatchObject([{ status: 'aborted', abortReason: 'superseded' }])
    server.go()
    await settle()
    expect(first.state()).toMatchObject({ status: 'complete', responseId: 'resp_1' })
  })

  test('of two simultaneous starts, one wins in all tabs', async () => {
    const { openTab, server, settle } = openApp()
    const tabs = [openTab(), openTab(), openTab()]
    await settle()
    tabs[0]!.start('one')
    tabs[1]!.start('two')
    await settle()
    server.go()
    await settle()
    const shown = tabs.map((tab) => tab.state())
    expect(shown.map(({ responseId }) => responseId)).toEqual(Array(3).fill(shown[0]!.responseId))
    expect(shown.map(({ status }) => status)).toEqual(Array(3).fill('complete'))
    expect(
      tabs
        .flatMap(({ finished }) => finished)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['aborted', 'complete'])
  })

  test('retry in another tab sends the same input again', async () => {
    const { server, settle, first, second } = await reading()
    first.run(() => first.completion.abort())
    await settle()
    void second.run(() => second.completion.retry())
    await settle()
    server.go()
    await settle()
    expect(first.state()).toMatchObject({ status: 'complete', responseId: 'resp_1' })
    expect(server.log.filter((line) => line === 'POST /responses')).toHaveLength(2)
  })
})

describe('restore', () => {
  const store = (responseId: string) => ({
    load: () => ({ responseId }),
    save: () => undefined,
    clear: () => undefined,
  })

  async function withStore() {
    const { resumable } = await import('../../src/core.ts')
    return resumable({
      url: ({ responseId }) => `/responses/${responseId}`,
      store: store('resp_0'),
    })
  }

  test('follows the tab that reads, as in a duplicated tab', async () => {
    const { openTab, server, settle, second } = await reading()
    const copy = openTab({ resume: await withStore() })
    const restored = copy.run(() => copy.completion.restore())
    await settle()
    server.go()
    await settle()
    expect(await restored).toMatchObject({ status: 'complete', text: server.text })
    expect(copy.state().output).toEqual(second.state().output)
    expect(server.log).toHaveLength(1)
  })

  test('replays the stored run when no other tab has it', async () => {
    const { openTab, server, settle, first, second } = await reading()
    for (const tab of [second, first]) tab.close()
    server.log.length = 0
    const reloaded = openTab({ resume: await withStore() })
    const restored = reloaded.run(() => reloaded.completion.restore())
    await settle()
    server.go()
    await settle()
    expect(await restored).toMatchObject({ status: 'complete', text: server.text })
    expect(server.log).toEqual(['GET /responses/resp_0'])
  })

  test('resolves to idle when there is nothing to restore', async () => {
    const { openTab, settle } = openApp()
    const tab = openTab()
    const restored = tab.run(() => tab.completion.restore())
    await settle()
    expect(await restored).toMatchObject({ status: 'idle' })
  })
})

describe('if the browser refuses', () => {
  test.each([{ channels: true }, { locks: true }])(
    '%o, every tab reads for itself',
    async (refuses) => {
      const { openTab, server, settle } = openApp({ refuses })
      const [first, second] = [openTab(), openTab()]
      await settle()
      first.start('Hi')
      await settle()
      server.go()
      await settle()
      expect(first.state()).toMatchObject({ status: 'complete', text: server.text })
      expect(second.state().status).toBe('idle')
      const restored = second.run(() => second.completion.restore())
      await settle()
      expect(await restored).toMatchObject({ status: 'idle' })
    },
  )

  test('a browser without locks causes no error, and no channel stays open there', () => {
    const close = vi.fn()
    vi.stubGlobal('navigator', {})
    vi.stubGlobal('BroadcastChannel', function () {
      return { close, postMessage: () => undefined }
    })
    const completion = broadcast('a', createCompletion({ url: '/' }))
    let unsubscribe: () => void = () => undefined
    expect(() => (unsubscribe = completion.subscribe(() => undefined))).not.toThrow()
    expect(close).toHaveBeenCalledTimes(1)
    unsubscribe()
    vi.unstubAllGlobals()
  })
})

describe('cost', () => {
  test('the same completion has the same result, so it may be called in render', () => {
    const completion = createCompletion({ url: '/' })
    expect(broadcast('a', completion)).toBe(broadcast('a', completion))
  })

  test('channels and locks exist only while there is a subscriber', async () => {
    const { browser, settle } = openApp()
    const tab = browser.openTab()
    tab.run(() => {
      const completion = broadcast('chat', createCompletion<string>({ url: '/' }))
      expect(tab.isConnected()).toBe(false)
      const end = completion.subscribe(() => undefined)
      expect(tab.isConnected()).toBe(true)
      end()
      expect(tab.isConnected()).toBe(false)
    })
    await settle()
  })

  test('a run without subscribers stays shared until it has settled', async () => {
    const { browser, openTab, server, settle } = openApp()
    const second = openTab()
    const tab = browser.openTab()
    const settled = tab.run(() =>
      broadcast(
        'chat',
        createCompletion<string>({ url: '/responses', fetch: server.fetch, publish: 'sync' }),
      ).start('Hi'),
    )
    await settle()
    server.go(2)
    await settle()
    expect(tab.isConnected()).toBe(true)
    expect(second.state()).toMatchObject({ text: 'Hel' })
    server.go()
    await settle()
    expect(isRunning(await settled)).toBe(false)
    expect(tab.isConnected()).toBe(false)
    expect(second.state()).toMatchObject({ status: 'complete' })
  })
})
