import type { Completion, StartOptions } from '../client/create-completion.ts'
import { isRunning, type CompletionState, type Idle, type Settled } from '../completion/state.ts'
import { connectionFailed } from '../errors/network.ts'
import { createListeners } from '../publishing/listeners.ts'
import { listenUntil } from '../run/listen-until.ts'
import { readSharedState, shareState, type SharedState } from './shared-state.ts'
import { bestState } from './best-state.ts'
import { version, type Message, type StateMessage } from './message.ts'
import { diff, patched, type Patch } from './state-patch.ts'
import { openTabLink, type TabLink } from './tab-link.ts'

/** How often the tab that reads says so while nothing changes, in milliseconds. */
const beat = 2000
/** How long it may say nothing before another tab reads, in milliseconds. */
const patience = 6000
/** How long to wait for an answer before a stored run is restored, in milliseconds. */
const restoreWait = 1000
/** How many messages are sent without a sign of anybody listening. */
const mostUnheard = 200

// Not known to be the same type by a map.
const shared = /* @__PURE__ */ new WeakMap<object, unknown>()

/**
 * Shares a completion between the tabs that use the same key. Usually one tab reads the response, and the
 * others show the same states live. If that tab closes, crashes or is frozen, another one reopens the
 * stream by GET, through the option `resume`; without that option the run ends there as an error of kind
 * `network`, and keeps its text. Nothing is ever posted twice. Now and then two tabs read for a moment,
 * which changes nothing that is shown.
 *
 * A `start` in any tab replaces the run in all of them; `abort` and `reset` reach the tab that reads.
 * Callbacks such as `onFinish` are called in the tab that reads. Tabs talk while somebody is subscribed,
 * or a run goes on. Where the browser has no `BroadcastChannel` or no Web Locks, or refuses them, the
 * completion stays as it is.
 *
 * @param key the same in every tab, and different for every completion. It should name the user if
 *   several may use one browser.
 * @param completion what `createCompletion` or a registry gives. Called again with the same one, as in
 *   render, it returns the same result.
 *
 * @example
 * const completion = broadcast('chat-1', createCompletion({ url: '/api/responses', resume }))
 * // In a component:
 * const { text, start } = useStreamingCompletion({ completion })
 */
export function broadcast<Input = unknown, State extends CompletionState = CompletionState>(
  key: string,
  completion: Completion<Input, State>,
): Completion<Input, State> {
  const known = shared.get(completion) as Completion<Input, State> | undefined
  if (known) return known

  let link: TabLink<Message<Input>> | undefined
  /** Ends when nobody is subscribed and nothing runs. */
  let life: AbortController | undefined
  /** The run that is shown, and the one that the completion itself reads or has read. */
  let run = ''
  let ownRun = ''
  /** How often the state of the run has changed. */
  let at = 0
  let input: Input | undefined
  /** The run as another tab shows it. */
  let remote: State | undefined
  let state = completion.getState()
  /** The state that was sent or received last. */
  let sent: SharedState = {}
  let sentRun: string | undefined
  let unheard = mostUnheard
  let received = 0
  let isAsking = false
  /** Whether bytes have come since the page was frozen. */
  let isReading = true
  let patienceTimer: ReturnType<typeof setTimeout> | undefined
  const deciding: (() => void)[] = []
  const listeners = createListeners()

  const isOwnRunning = () => isRunning(completion.getState())

  function current(): State {
    const own = completion.getState()
    return remote ? bestState(own, remote, run === ownRun, !!link?.isLeading()) : own
  }

  function publish() {
    const next = current()
    if (next !== state) {
      state = next
      send()
      listeners.notify()
    }
    watch()
    if (listeners.isEmpty() && !isOwnRunning()) leave()
  }

  function send() {
    if (!link?.isLeading()) return
    if (sentRun !== run) {
      announce()
    } else if (unheard < mostUnheard) {
      const before = sent
      sent = shareState(state)
      post({ run, at: ++at, patch: diff(before, sent) })
    } else {
      // Whoever begins to listen notices, and asks for the whole.
      at++
    }
  }

  /** Sends the whole, or that there is nothing yet. */
  function announce() {
    if (!run) {
      post({ run, at })
      return
    }
    sentRun = run
    sent = shareState(state)
    post({ run, at, whole: sent, ...(input !== undefined && { input }) })
  }

  function post(message: Message<Input>) {
    unheard++
    link?.post(message)
  }

  function hear(message: Message<Input>) {
    if ('here' in message || 'ask' in message) {
      unheard = 0
      if ('ask' in message && link?.isLeading()) announce()
    } else if ('call' in message) {
      if (message.call === 'reset') reset()
      else if (isOwnRunning()) completion.abort(message.reason)
    } else if (!link?.isLeading()) {
      follow(message)
    }
  }

  function follow(message: StateMessage<Input>) {
    const { whole, patch } = message
    if (!message.run) {
      decide()
      isAsking = false
      // The tab that leads has opened since, and has nothing to show.
      if (run) link?.takeLead()
      return
    }
    if (whole || received++ % 50 === 0) link?.post({ here: true })
    const isNext = message.run === run && message.at === at + 1 && patch
    if (whole) {
      if (message.run !== ownRun && isOwnRunning()) completion.abort('superseded')
      isAsking = false
      run = sentRun = message.run
      input = message.input
      decide()
    }
    if (whole || isNext) {
      at = message.at
      sent = whole ?? (patched(sent, patch as Patch) as SharedState)
      remote = readSharedState(sent, remote ?? state) as State
      if (run === ownRun) reconcile(remote)
      publish()
    } else {
      if (message.run !== run || message.at !== at) ask()
      watch()
    }
  }

  /** Another tab has gone on with the run of this one, which was frozen or cached meanwhile. */
  function reconcile({ status, abortReason }: State) {
    if (status === 'aborted' && isOwnRunning()) completion.abort(abortReason)
    // It could not go on, and this tab can.
    if (status === 'error' && /ing$|complete/.test(completion.getState().status)) link?.takeLead()
  }

  function ask() {
    if (isAsking) return
    isAsking = true
    link?.post({ ask: true })
  }

  /** Reads for itself if the tab that reads says nothing any more. */
  function watch() {
    clearTimeout(patienceTimer)
    if (!link || link.isLeading() || !isRunning(state) || isOwnRunning()) return
    // Not all tabs at once.
    patienceTimer = setTimeout(
      () => {
        link?.challenge()
        isAsking = false
        watch()
      },
      patience * (1 + Math.random() / 2),
    )
  }

  function lead() {
    isAsking = false
    if (isRunning(state) && !isOwnRunning()) takeOver()
    announce()
    decide()
  }

  /** The tab that read is gone. */
  function takeOver() {
    const { checkpoint } = state
    try {
      if (!checkpoint) throw new Error('The tab that was reading it has closed.')
      ownRun = run
      void completion.start(input as Input, { checkpoint })
    } catch (thrown) {
      ownRun = ''
      const error = connectionFailed('body', thrown)
      remote = { ...state, status: 'error', error }
      publish()
    }
  }

  function decide() {
    for (const resolve of deciding.splice(0)) resolve()
  }

  function connect() {
    if (link) return
    try {
      link = openTabLink<Message<Input>>(`use-streaming-completion/${version}/${key}`, {
        onMessage: hear,
        onLead: lead,
        onLost: () => {
          isAsking = false
          ask()
        },
        onRefused: () => {
          disconnect()
          decide()
        },
      })
      ask()
    } catch {
      decide()
    }
  }

  function disconnect() {
    link?.close()
    link = undefined
    isAsking = false
    clearTimeout(patienceTimer)
  }

  function enter() {
    if (life) return
    const { signal } = (life = new AbortController())
    const back = () => {
      isReading = !isOwnRunning()
      connect()
    }
    // A page that is cached or frozen would keep the lock, and a message would evict it from the cache.
    for (const type of ['pagehide', 'freeze'] as const) listenUntil(signal, type, disconnect)
    for (const type of ['pageshow', 'resume'] as const) listenUntil(signal, type, back)
    const timer = setInterval(() => {
      const isOurs = link?.isLeading() && isOwnRunning()
      if (isOurs && isReading && unheard < mostUnheard) post({ run, at })
    }, beat)
    signal.addEventListener('abort', () => clearInterval(timer))
    connect()
  }

  function leave() {
    life?.abort()
    life = undefined
    disconnect()
  }

  /** Another run takes the place of the one that is shown, in all tabs. */
  function begin(next: Input | undefined) {
    enter()
    run = ownRun = `${Math.random()}`
    at = 0
    input = next
    remote = undefined
    link?.takeLead()
  }

  function settled(): Promise<Settled<State> | Idle<State>> {
    return new Promise((resolve) => {
      const look = () => {
        if (isRunning(state)) return
        unsubscribe()
        resolve(state as Settled<State> | Idle<State>)
      }
      const unsubscribe = subscribe(look)
      look()
    })
  }

  function subscribe(listener: () => void) {
    const end = listeners.subscribe(listener)
    enter()
    return () => {
      end()
      if (listeners.isEmpty() && !isOwnRunning()) leave()
    }
  }

  function start(next: Input, options?: StartOptions) {
    begin(next)
    return completion.start(next, options)
  }

  function reset() {
    remote = undefined
    completion.reset()
    publish()
  }

  completion.subscribe(() => {
    isReading = true
    publish()
  })
  const result: Completion<Input, State> = {
    start,
    abort(reason) {
      if (isOwnRunning()) completion.abort(reason)
      // An event, as of `onClick={abort}`, is no reason.
      else link?.post({ call: 'abort', reason: typeof reason === 'object' ? undefined : reason })
    },
    retry() {
      if (!run) return completion.retry()
      if (run !== ownRun) return start(input as Input)
      begin(input)
      return completion.retry()
    },
    reset() {
      link?.post({ call: 'reset' })
      reset()
    },
    async restore() {
      enter()
      if (link && !link.isLeading()) {
        await new Promise<void>((resolve) => {
          deciding.push(resolve)
          setTimeout(resolve, restoreWait)
        })
      }
      // Another tab has it already.
      if (state.status !== 'idle') return settled()
      const restored = completion.restore()
      if (!restored) return settled()
      begin(undefined)
      return restored
    },
    getState: () => state,
    subscribe,
    setOptions: (options) => completion.setOptions(options),
  }
  shared.set(completion, result)
  return result
}
