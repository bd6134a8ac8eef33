/** Connects this tab with the others of the same name. One of them leads. */
export interface TabLink<Message> {
  /** Whether this tab leads, or has just taken the lead. */
  isLeading(): boolean
  /** Sends a message to all other tabs. What cannot be cloned is sent as JSON. */
  post(message: Message): void
  /** Takes the lead from whoever has it. */
  takeLead(): void
  /** Takes the lead from a tab that has stopped sending. */
  challenge(): void
  /** Gives up the lead, or the place in the queue for it. */
  close(): void
}

export interface TabLinkListener<Message> {
  onMessage(message: Message): void
  /** The lead has come to this tab. */
  onLead(): void
  /** Another tab has taken the lead. */
  onLost(): void
  /** The browser refuses the lock: this tab is on its own. */
  onRefused(): void
}

/** How long a page in the back/forward cache takes to lose its lock once another page asks for it. */
const evictionTime = 100

/**
 * The lead is a Web Lock, so it passes on when the tab that has it closes or crashes. The identity of a
 * tab is in memory alone: a duplicated tab has the same storage and history as the original.
 *
 * @throws Error where the browser has no locks or channels, or refuses them
 */
export function openTabLink<Message>(
  name: string,
  listener: TabLinkListener<Message>,
): TabLink<Message> {
  const { locks } = navigator
  const channel = new BroadcastChannel(name)
  let isLeading = false
  let release: (() => void) | undefined
  let request = new AbortController()

  function ask(steal: boolean) {
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
      isLeading = false
      // Stolen, perhaps before the callback was called.
      if ((error as Error).name === 'AbortError') {
        ask(false)
        listener.onLost()
      } else {
        listener.onRefused()
      }
    })
  }

  channel.onmessage = ({ data }) => listener.onMessage(data as Message)
  ask(false)

  return {
    isLeading: () => isLeading,
    post(message) {
      try {
        channel.postMessage(message)
      } catch {
        try {
          channel.postMessage(JSON.parse(JSON.stringify(message)))
        } catch {
          // The other tabs ask for what they miss, or read for themselves.
        }
      }
    },
    takeLead() {
      if (isLeading) return
      isLeading = true
      ask(true)
    },
    challenge() {
      const { signal } = request
      const steal = () => {
        if (!isLeading && !signal.aborted) ask(true)
      }
      // Asking about a lock evicts a cached page that holds it. The tab that waits gets it then.
      void locks.query().then(() => setTimeout(steal, evictionTime), steal)
    },
    close() {
      request.abort()
      isLeading = false
      release?.()
      channel.close()
    },
  }
}
