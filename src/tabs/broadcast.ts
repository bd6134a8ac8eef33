import type { Completion, StartOptions } from '../client/create-completion.ts'
import { isRunning, type CompletionState, type Idle, type Settled } from '../completion/state.ts'
import { connectionFailed } from '../errors/network.ts'
import { createListeners } from '../publishing/listeners.ts'
import { bestState } from './best-state.ts'
import { createLeadingTab } from './leading-tab.ts'
import { version, type Message, type StateMessage } from './message.ts'
import { readSharedState } from './shared-state.ts'
import { createStateSequence } from './state-sequence.ts'
import { createTabLink } from './tab-link.ts'

/** How long to wait for an answer before a stored run is restored, in milliseconds. */
const restoreWait = 1000
/** How many messages are sent without a sign that another tab is listening. */
const mostUnheard = 200

// A map cannot express that each pair has the same type.
const shared = /* @__PURE__ */ new WeakMap<object, unknown>()

/**
 * Shares a completion between the tabs that use the same key. Usually one tab reads the response, and the
 * others show the same states live. If that tab closes, crashes or is frozen, another one reopens the
 * stream by GET, through the option `resume`. Without that option, the run ends there as an error of kind
 * `network` and keeps its text. No request is ever posted twice. Occasionally two tabs read the same response
 * for a moment, which does not change what is shown.
 *
 * A `start` in any tab replaces the run in all of them; `abort` and `reset` reach the tab that reads.
 * Callbacks such as `onFinish` are called in the tab that reads. Tabs are connected while something is
 * subscribed or a run is active. If the browser has no `BroadcastChannel` or no Web Locks, or refuses them,
 * the completion works in this tab alone.
 *
 * @param key the same in every tab, and different for every completion. Include the user if several may use
 *   one browser.
 * @param completion the result of `createCompletion` or of a registry. For the same completion, as in render,
 *   the result is the same.
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

  /** The run that is shown, and the one that the completion itself reads or has read. */
  let run = ''
  let ownRun = ''
  let input: Input | undefined
  /** The run as another tab shows it. */
  let remote: State | undefined
  let state = completion.getState()
  /** How many messages were sent since another tab was heard, and how many have arrived. */
  let unheard = mostUnheard
  let heard = 0
  /** Whether bytes have arrived since the page was frozen. */
  let isReading = true
  const isOwnRunning = () => isRunning(completion.getState())
  /** Ends the subscription to the completion. A registry keeps completions that have subscribers. */
  let unsubscribe: (() => void) | undefined
  const listeners = createListeners()
  const sequence = createStateSequence()
  const link = createTabLink<Message>(`use-streaming-completion/${version}/${key}`, {
    onMessage: hear,
    onLead: lead,
    onFollow() {
      isReading = !isOwnRunning()
      answered()
      ask()
    },
    onAlone: () => answered(),
    onBeat: beat,
    isReading: isOwnRunning,
  })

  const { ask, answered, whenAnswered, watch } = createLeadingTab(
    () => post({ ask: true }),
    () => !listeners.isEmpty() && !link.isLeading() && isRunning(state) && !isOwnRunning(),
    () => link.challenge(),
  )

  function publish() {
    const own = completion.getState()
    const next = remote ? bestState(own, remote, run === ownRun, link.isLeading()) : own
    if (next !== state) {
      state = next
      if (link.isLeading()) send()
      listeners.notify()
    }
    leaveIfIdle()
    watch()
  }

  function enter() {
    unsubscribe ??= completion.subscribe(() => {
      isReading = true
      publish()
    })
    link.enter()
  }

  function leaveIfIdle() {
    if (!listeners.isEmpty() || isOwnRunning()) return
    link.leave()
    unsubscribe?.()
    unsubscribe = undefined
  }

  /** Sends the state, unless no tab has been heard recently. The first state of a run is always sent. */
  function send(isWhole = false) {
    if (unheard >= mostUnheard && run === sequence.same().run && !isWhole) {
      sequence.skip()
      return
    }
    const message = sequence.next(run, state, isWhole)
    if (message) post(message.whole ? { ...message, input } : message)
  }

  /** Sends the whole state, or that there is none yet. */
  function announce() {
    if (run) send(true)
    else post(sequence.same())
  }

  function post(message: Message) {
    unheard++
    link.post(message)
  }

  /** Tells the other tabs that the run continues, also while nothing changes. */
  function beat() {
    if (link.isLeading() && isOwnRunning() && isReading && unheard < mostUnheard)
      post(sequence.same())
  }

  function hear(message: Message) {
    if ('run' in message) {
      if (!link.isLeading()) follow(message)
    } else if ('call' in message) {
      if (message.call === 'reset') reset()
      else if (isOwnRunning()) completion.abort(message.reason)
    } else {
      unheard = 0
      if ('ask' in message && link.isLeading()) announce()
    }
  }

  function follow(message: StateMessage) {
    if (!message.run) {
      answered()
      // The leading tab was opened later and has nothing to show.
      if (run) link.takeLead()
      return
    }
    if (message.whole || heard++ % 50 === 0) post({ here: true })
    const next = sequence.read(message)
    if (!next) ask()
    if (message.whole) {
      if (message.run !== ownRun && isOwnRunning()) completion.abort('superseded')
      run = message.run
      input = message.input as Input
      answered()
    }
    if (next && (message.whole ?? message.patch)) {
      remote = readSharedState(next, remote ?? state) as State
      if (run === ownRun) reconcile(remote)
      publish()
    } else {
      watch()
    }
  }

  /** Another tab continued the run of this one while this one was frozen or cached. */
  function reconcile({ status, abortReason }: State) {
    if (status === 'aborted' && isOwnRunning()) completion.abort(abortReason)
    // The other tab could not continue it, but this one can.
    if (status === 'error' && /ing$|complete/.test(completion.getState().status)) link.takeLead()
  }

  function lead() {
    if (isRunning(state) && !isOwnRunning()) takeOver()
    announce()
    answered()
  }

  /** The tab that was reading is gone. */
  function takeOver() {
    const { checkpoint } = state
    try {
      if (!checkpoint) throw new Error('The tab that was reading it has closed.')
      ownRun = run
      void completion.start(input as Input, { checkpoint })
    } catch (thrown) {
      ownRun = ''
      remote = { ...state, status: 'error', error: connectionFailed('body', thrown) }
      publish()
    }
  }

  /** Another run replaces the one that is shown, in all tabs. */
  function begin(next: Input | undefined) {
    enter()
    run = ownRun = `${Math.random()}`
    input = next
    remote = undefined
    link.takeLead()
  }

  function settled(): Promise<Settled<State> | Idle<State>> {
    return new Promise((resolve) => {
      const look = () => {
        if (isRunning(state)) return
        end()
        resolve(state as Settled<State> | Idle<State>)
      }
      const end = subscribe(look)
      look()
    })
  }

  function subscribe(listener: () => void) {
    const end = listeners.subscribe(listener)
    enter()
    return () => {
      end()
      leaveIfIdle()
      watch()
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

  const result: Completion<Input, State> = {
    start,
    abort(reason) {
      if (isOwnRunning()) completion.abort(reason)
      // The event of `onClick={abort}` is not a reason.
      else link.post({ call: 'abort', reason: typeof reason === 'object' ? undefined : reason })
    },
    retry() {
      if (!run) return completion.retry()
      if (run !== ownRun) return start(input as Input)
      begin(input)
      return completion.retry()
    },
    reset() {
      link.post({ call: 'reset' })
      reset()
    },
    async restore() {
      enter()
      await whenAnswered(restoreWait)
      // Another tab shows the run already.
      if (state.status !== 'idle') return settled()
      const restored = completion.restore()
      if (!restored) return settled()
      begin(undefined)
      return restored
    },
    // Without a subscription, the state may have changed unnoticed.
    getState: () => (unsubscribe || remote ? state : completion.getState()),
    subscribe,
    setOptions: (options) => completion.setOptions(options),
  }
  shared.set(completion, result)
  return result
}
