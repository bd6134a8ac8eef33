import { listenUntil } from '../run/listen-until.ts'

/** Connects this tab with the others of the same name. One of them leads. */
export interface TabLink<Message> {
  /** Connects until `leave` is called, whenever the page is active. */
  enter(): void
  /** Gives up the lead, or the place in the queue for it, and disconnects. */
  leave(): void
  /** Whether this tab leads, or has just taken the lead. */
  isLeading(): boolean
  /** Sends a message to all other tabs. What cannot be cloned is sent as JSON. */
  post(message: Message): void
  /** Takes the lead from whichever tab has it. */
  takeLead(): void
  /** Takes the lead from a tab that has stopped sending. */
  challenge(): void
}

export interface TabLinkListener<Message> {
  onMessage(message: Message): void
  /** Called when this tab takes the lead. */
  onLead(): void
  /** Called when this tab has connected, or another one has taken the lead. */
  onFollow(): void
  /** Called if the browser has no locks or channels, or refuses them: this tab works alone. */
  onAlone(): void
  /** Called every 2 s until `leave`. */
  onBeat(): void
  /** Whether this tab reads a response. */
  isReading(): boolean
}

const beat = 2000

/** How long a page in the back/forward cache takes to lose its lock once another page asks for it. */
const evictionTime = 100

/** How long after the start of a navigation the page is considered to stay, in milliseconds. */
const navigationLimit = 3000

/**
 * The lead is a Web Lock, so it passes on when the leading tab closes or crashes. The identity of a tab is
 * held in memory only: a duplicated tab has the same storage and history as the original.
 */
export function createTabLink<Message>(
  name: string,
  listener: TabLinkListener<Message>,
): TabLink<Message> {
  let life: AbortController | undefined
  let channel: BroadcastChannel | undefined
  let locks: LockManager
  let isLeading = false
  let release: (() => void) | undefined
  let request = new AbortController()

  function claim(steal: boolean) {
    request.abort()
    const { signal } = (request = new AbortController())
    const held = locks.request(name, steal ? { steal } : { signal }, () => {
      if (signal.aborted) return undefined
      isLeading = true
      listener.onLead()
      return new Promise<void>((resolve) => (release = resolve))
    })
    held.catch((error: unknown) => {
      if (signal.aborted) return
      // Stolen, perhaps before the callback was called. A polyfill may use another name.
      const isStolen = isLeading || (error as Error).name === 'AbortError'
      isLeading = false
      if (isStolen) {
        claim(false)
        listener.onFollow()
      } else {
        stayAlone()
      }
    })
  }

  function stayAlone() {
    disconnect()
    listener.onAlone()
  }

  function connect() {
    if (channel) {
      // The navigation has not taken place.
      if (request.signal.aborted) claim(false)
      return
    }
    try {
      locks = navigator.locks
      channel = new BroadcastChannel(name)
      channel.onmessage = ({ data }) => listener.onMessage(data as Message)
      claim(false)
      listener.onFollow()
    } catch {
      stayAlone()
    }
  }

  function withdraw() {
    request.abort()
    isLeading = false
    release?.()
  }

  /** Firefox caches no page that holds a lock or waits for one, and checks before `pagehide`. */
  function prepareToLeave() {
    if (listener.isReading()) return
    withdraw()
    setTimeout(() => {
      if (channel) connect()
    }, navigationLimit)
  }

  function disconnect() {
    withdraw()
    channel?.close()
    channel = undefined
  }

  return {
    enter() {
      if (life) return
      const { signal } = (life = new AbortController())
      listenUntil(signal, 'beforeunload', prepareToLeave)
      // A page that is cached or frozen would keep the lock, and a message would evict it from the cache.
      for (const type of ['pagehide', 'freeze'] as const) listenUntil(signal, type, disconnect)
      for (const type of ['pageshow', 'resume'] as const) listenUntil(signal, type, connect)
      const timer = setInterval(() => listener.onBeat(), beat)
      signal.addEventListener('abort', () => clearInterval(timer))
      connect()
    },
    leave() {
      life?.abort()
      life = undefined
      disconnect()
    },
    isLeading: () => isLeading,
    post(message) {
      try {
        channel?.postMessage(message)
      } catch {
        try {
          channel?.postMessage(JSON.parse(JSON.stringify(message)))
        } catch {
          // The other tabs request the missing state, or read the response themselves.
        }
      }
    },
    takeLead() {
      if (isLeading || !channel) return
      isLeading = true
      claim(true)
    },
    challenge() {
      if (!channel) return
      const { signal } = request
      const steal = () => {
        if (!isLeading && !signal.aborted) claim(true)
      }
      // Querying a lock evicts a cached page that holds it. The waiting tab then gets the lock.
      void locks.query().then(() => setTimeout(steal, evictionTime), steal)
    },
  }
}
