import { onTestFinished, vi } from 'vitest'

interface Channel {
  onmessage: ((event: { data: unknown }) => void) | null
  postMessage(message: unknown): void
  close(): void
}

interface LockRequest {
  readonly tab: FakeTab
  readonly callback: () => Promise<void> | undefined
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

interface LockOptions {
  readonly steal?: boolean
  readonly signal?: AbortSignal
}

/** A tab, with its view of the browser. */
export interface FakeTab {
  /** Runs code of this tab. */
  run<T>(code: () => T): T
  /** Fires an event of the page, such as `pagehide`. */
  fire(type: string, fields?: object): void
  /** Kills the tab without any event. */
  crash(): void
  /** From now on, its messages are not delivered. */
  mute(): void
  /** The messages that it has sent. */
  readonly sent: unknown[]
  /** Whether it has an open channel. */
  isConnected(): boolean
  /** Whether it holds a lock or waits for one. */
  hasRequestedLock(): boolean
}

export interface FakeBrowser {
  openTab(): FakeTab
  /** Delivers messages and grants locks until nothing is left. Returns whether there was anything. */
  deliver(): boolean
  /** Delivers one item: the first one of the chosen sender, among those that have any. */
  deliverOne(choice: number): boolean
}

interface Delivery {
  readonly from: FakeTab
  readonly deliver: () => void
}

/**
 * A browser with tabs of one origin. Messages and locks arrive when the test delivers them, in the order
 * of the sender, and in any order between senders.
 */
export function createFakeBrowser(
  refuses: { channels?: boolean; locks?: boolean } = {},
  stolen: () => Error = () => new DOMException('stolen or aborted', 'AbortError'),
): FakeBrowser {
  let current: FakeTab | undefined
  const pending: Delivery[] = []
  const channels = new Set<{ tab: FakeTab; name: string; channel: Channel }>()
  let holder: LockRequest | undefined
  const queue: LockRequest[] = []

  function grant() {
    const next = holder ? undefined : queue.shift()
    if (!next) return
    holder = next
    pending.push({ from: next.tab, deliver: () => hold(next) })
  }

  function hold(request: LockRequest) {
    if (holder !== request) return
    const held = request.tab.run(request.callback)
    const end = () => {
      if (holder === request) holder = undefined
      request.resolve()
      grant()
    }
    if (held) void held.then(end)
    else end()
  }

  const locksOf = (tab: FakeTab) => ({
    request(_: string, { steal, signal }: LockOptions, callback: () => Promise<void> | undefined) {
      if (refuses.locks) return Promise.reject(new DOMException('refused', 'SecurityError'))
      return new Promise<void>((resolve, reject) => {
        const request = { tab, callback, resolve, reject }
        if (steal) {
          const before = holder
          holder = request
          if (before) pending.push({ from: before.tab, deliver: () => before.reject(stolen()) })
          pending.push({ from: tab, deliver: () => hold(request) })
          return
        }
        signal?.addEventListener('abort', () => {
          const index = queue.indexOf(request)
          if (index < 0) return
          queue.splice(index, 1)
          reject(stolen())
        })
        queue.push(request)
        grant()
      })
    },
    query: () => Promise.resolve({}),
  })

  function openTab(): FakeTab {
    const listeners = new Map<string, Set<(event: unknown) => void>>()
    let isMute = false
    let isGone = false
    const locks = locksOf(undefined as unknown as FakeTab)
    const tab: FakeTab & { surroundings: object } = {
      sent: [],
      run(code) {
        const before = current
        current = tab
        try {
          return code()
        } finally {
          current = before
        }
      },
      fire(type, fields = {}) {
        tab.run(() => {
          for (const listener of [...(listeners.get(type) ?? [])]) listener({ type, ...fields })
        })
      },
      crash() {
        isGone = true
        for (const entry of [...channels]) if (entry.tab === tab) channels.delete(entry)
        for (const request of queue.filter((each) => each.tab === tab)) {
          queue.splice(queue.indexOf(request), 1)
        }
        if (holder?.tab === tab) holder = undefined
        grant()
      },
      mute() {
        isMute = true
      },
      hasRequestedLock: () => holder?.tab === tab || queue.some((request) => request.tab === tab),
      isConnected: () => [...channels].some((entry) => entry.tab === tab),
      surroundings: {
        listeners,
        locks,
        open(name: string): Channel {
          if (refuses.channels) throw new DOMException('refused', 'SecurityError')
          const channel: Channel = {
            onmessage: null,
            postMessage(message) {
              if (!channels.has(entry)) throw new DOMException('closed', 'InvalidStateError')
              const data: unknown = structuredClone(message)
              if (isMute || isGone) return
              tab.sent.push(data)
              for (const other of channels) {
                if (other === entry || other.name !== name) continue
                const deliver = () => {
                  if (!channels.has(other)) return
                  other.tab.run(() => other.channel.onmessage?.({ data: structuredClone(data) }))
                }
                pending.push({ from: tab, deliver })
              }
            },
            close: () => channels.delete(entry),
          }
          const entry = { tab, name, channel }
          channels.add(entry)
          return channel
        },
      },
    }
    Object.assign(locks, locksOf(tab))
    return tab
  }

  const surroundings = () => {
    if (!current) throw new Error('Code of a tab was run outside of any tab.')
    return (
      current as FakeTab & {
        surroundings: {
          listeners: Map<string, Set<(event: unknown) => void>>
          locks: object
          open: (name: string) => Channel
        }
      }
    ).surroundings
  }
  vi.stubGlobal('navigator', {
    onLine: true,
    get locks() {
      return surroundings().locks
    },
  })
  vi.stubGlobal(
    'BroadcastChannel',
    // An arrow function cannot be called with `new`.
    function (name: string) {
      return surroundings().open(name)
    },
  )
  vi.stubGlobal('addEventListener', (type: string, listener: (event: unknown) => void) => {
    if (!current) return
    const { listeners } = surroundings()
    const set = listeners.get(type) ?? new Set()
    listeners.set(type, set.add(listener))
  })
  vi.stubGlobal('removeEventListener', (type: string, listener: (event: unknown) => void) => {
    if (current) surroundings().listeners.get(type)?.delete(listener)
  })
  onTestFinished(() => void vi.unstubAllGlobals())

  return {
    openTab,
    deliver() {
      const hadAny = pending.length > 0
      for (let next = pending.shift(); next; next = pending.shift()) next.deliver()
      return hadAny
    },
    deliverOne(choice) {
      const senders = [...new Set(pending.map(({ from }) => from))]
      const sender = senders[choice % Math.max(1, senders.length)]
      const index = pending.findIndex(({ from }) => from === sender)
      if (index < 0) return false
      const [next] = pending.splice(index, 1)
      next?.deliver()
      return true
    },
  }
}
