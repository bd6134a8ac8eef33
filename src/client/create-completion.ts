import { emptyContent } from '../completion/fold.ts'
import type { Checkpoint, CompletionState, Idle, IdleState, Settled } from '../completion/state.ts'
import { diagnoseOptions } from '../diagnosis/diagnose-options.ts'
import { diagnoseStartInRender } from '../diagnosis/diagnose-start-in-render.ts'
import type { CompletionInput } from '../request/request-options.ts'
import type { CompletionOptions } from '../run/options.ts'
import { nothingToStart } from '../errors/app.ts'
import { isCompletionError } from '../errors/completion-error.ts'
import type { RunFeatures } from '../run/features.ts'
import { guardOptions } from '../run/guard-options.ts'
import { createPublisher } from '../publishing/publisher.ts'
import { nextTask } from '../publishing/time-slice.ts'
import { callApp } from '../publishing/call-app.ts'
import { sendRequest } from '../request/request.ts'
import { isUiEvent, refuseUiEvent } from './ui-event.ts'
import { createRun, type Run } from '../run/run.ts'
import { allFeatures } from './all-features.ts'

/** Options of `start`. */
export interface StartOptions {
  /**
   * A `checkpoint` of an earlier state, possibly from before a reload. Instead of sending the input,
   * the run opens the URL of `resume` and replays that stream from its beginning, so the text does not
   * have to be stored. `retry` replays it again, unless the run was `complete` or the server rejected it
   * with an `http` error; then it sends the input. `null` means no checkpoint.
   */
  checkpoint?: Checkpoint | null | undefined
}

/** The controls of a completion. They keep their identity for its whole life. */
export interface CompletionControls<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> {
  /**
   * Starts a run. If another one is running, it is aborted first (`abortReason` is `'superseded'`).
   *
   * @returns a promise for the settled state. It never rejects: failures are states.
   * @throws TypeError immediately for a programming mistake: neither `url` nor `source`, an event as the
   *   input (`onClick={start}`), or an option of the wrong type
   */
  start: (input: Input, options?: StartOptions) => Promise<Settled<State>>
  /**
   * Closes the connection, keeps the text and settles as `aborted`. Does nothing if no run is active.
   *
   * @param reason becomes `state.abortReason`. The event of `onClick={abort}` is ignored.
   * @default 'abort'
   */
  abort: (reason?: unknown) => void
  /**
   * Starts a new run with the last input and the current options. If nothing was started yet, or since
   * the last `reset`, it sends nothing and resolves to the idle state.
   */
  retry: () => Promise<Settled<State> | Idle<State>>
  /** Aborts the run, if any, clears the last input, and returns to `idle`. */
  reset: () => void
}

/** A completion without React: one run at a time, and a state to subscribe to. */
export interface Completion<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> extends CompletionControls<Input, State> {
  /** The published state: immutable, and the same reference until the next state is published. */
  getState: () => State
  /**
   * Calls a listener whenever a state is published.
   *
   * @returns a function that removes the listener
   */
  subscribe: (listener: () => void) => () => void
  /**
   * Replays the run whose checkpoint `resumable({ store })` has kept over a reload, or since `Activity`
   * hid the component. The hooks call it when the component mounts or is shown again.
   *
   * @returns as `start`; `undefined` if nothing is stored, or once anything was started that did not
   *   end as `aborted` with the reason `'unmount'`
   */
  restore: () => Promise<Settled<State> | Idle<State>> | undefined
  /** Replaces the options. A run in progress uses them from now on where it still has to read them. */
  setOptions: (options: CompletionOptions<Input, State>) => void
}

/** The state before anything was started. */
export const idleState: IdleState = {
  ...emptyContent,
  status: 'idle',
  attempt: 0,
  nextAttemptAt: undefined,
  checkpoint: undefined,
  timing: undefined,
  error: undefined,
  abortReason: undefined,
}

/**
 * Creates a completion: the client behind `useStreamingCompletion`, to share between components or to
 * use without React. It sends nothing until `start` is called.
 */
export function createCompletion<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
>(options: CompletionOptions<Input, State>): Completion<Input, State> {
  return createCompletionWith(allFeatures, options)
}

/** @param features decides what is part of the bundle */
export function createCompletionWith<Input, State extends CompletionState>(
  features: RunFeatures,
  initialOptions: CompletionOptions<Input, State>,
): Completion<Input, State> {
  let options = guardOptions(initialOptions)
  const idle = idleState as Idle<State>
  let state: State = idle
  /** The published state, without the text kept from the previous run. */
  let own = state
  let keptText = ''
  let active: Run<State> | undefined
  let last: { input: Input; checkpoint: Checkpoint | undefined } | undefined
  const subscriptions = new Set<{ listener: () => void }>()
  const publisher = createPublisher(publish)
  /** Ends with the task in which callbacks were called. */
  let calling: Promise<void> | undefined

  function publish() {
    const next: State = active?.state() ?? idle
    if (next === own) return
    own = next
    state = keptText ? { ...next, text: keptText } : next
    for (const subscription of [...subscriptions]) {
      // An earlier listener may have ended the run.
      if (subscriptions.has(subscription)) callApp(subscription.listener)
    }
  }

  /**
   * Callbacks may start the next run. Therefore the callbacks of a superseded run wait until the call
   * that superseded it returns, and those of a second run that settles in the same task wait for the
   * next task. Starts in callbacks neither nest nor block the page.
   */
  function callBack(result: Settled<State>, resolve: (result: Settled<State>) => void) {
    const call = () => {
      if (result.status === 'error') {
        const { error } = result
        callApp(() => options.onError?.(error, result as never))
      }
      callApp(() => options.onFinish?.(result as never))
      resolve(result)
    }
    const turn = calling ?? (result.abortReason === 'superseded' ? Promise.resolve() : undefined)
    if (result.status !== 'complete') calling ??= nextTask().then(() => (calling = undefined))
    if (turn) void turn.then(call)
    else call()
  }

  /** Cancels the run on the server, if the option `resume` defines how. */
  function tellServer(result: Settled<State>, input: Input) {
    try {
      options.resume?.settle?.(options, input, result)
    } catch {
      // An option that throws has already failed the run.
    }
  }

  function start(input: Input, startOptions?: StartOptions): Promise<Settled<State>> {
    const checkpoint = startOptions?.checkpoint ?? undefined
    diagnoseStartInRender()
    diagnoseOptions(options)
    refuseUiEvent(input, 'start')
    let keeps: unknown
    try {
      if (options.url === undefined && !options.source) throw new TypeError(nothingToStart)
      keeps = options.keepPreviousText ?? (checkpoint && state.abortReason === 'unmount')
    } catch (thrown) {
      // The run calls the same getter again and fails with its error.
      if (!isCompletionError(thrown)) throw thrown
    }
    const started = { input, checkpoint }
    const previous = active

    let resolve!: (result: Settled<State>) => void
    const settled = new Promise<Settled<State>>((settle) => (resolve = settle))
    const run: Run<State> = createRun<State>(
      {
        open: (context) => {
          const { source, resume } = options
          const { resumeFrom, signal } = context
          if (source) return source(input, context)
          return sendRequest(
            (resumeFrom && resume?.request(options, resumeFrom)) ?? options,
            input,
            signal,
          )
        },
        options: () => options,
        features,
        onChange(urgent) {
          if (active !== run) return
          if (urgent) {
            // The first content: from now on, only text of this run is shown.
            keptText = ''
            publisher.flush()
          } else {
            publisher.changed(options.publish ?? 'frame')
          }
        },
        rest: () =>
          options.onEvent ? undefined : publisher.untilPublishing(options.publish ?? 'frame'),
        onSettle(result) {
          // A run that was superseded or reset has a result, but no longer owns the state.
          if (active === run) {
            keptText = ''
            publisher.flush()
          }
          if (result.status === 'complete' || result.error?.kind === 'http') {
            started.checkpoint = undefined
          }
          tellServer(result, input)
          callBack(result, resolve)
        },
      },
      checkpoint,
    )
    last = started
    active = run
    keptText = keeps ? state.text : ''
    publisher.flush()
    // Not earlier: the callbacks of the previous run may start the next one.
    previous?.abort('superseded')
    // In a microtask: a run that is aborted in the same tick sends nothing, so effects that StrictMode
    // runs twice send one request.
    queueMicrotask(() => run.execute())
    return settled
  }

  return {
    start,
    abort(reason) {
      active?.abort(reason === undefined || isUiEvent(reason) ? 'abort' : reason)
    },
    retry: () => (last ? start(last.input, last) : Promise.resolve(idle)),
    restore() {
      let checkpoint: Checkpoint | undefined
      callApp(() => (checkpoint = options.resume?.restore?.()))
      const mayRestore = state === idle || state.abortReason === 'unmount'
      // After a reload, there is no input to send: it was lost with the previous page.
      return checkpoint && mayRestore ? start(last?.input as Input, { checkpoint }) : undefined
    },
    reset() {
      const previous = active
      active = last = undefined
      keptText = ''
      publisher.flush()
      previous?.abort('reset')
    },
    getState: () => state,
    subscribe(listener) {
      const subscription = { listener }
      subscriptions.add(subscription)
      return () => void subscriptions.delete(subscription)
    },
    setOptions(next) {
      options = guardOptions(next)
      active?.reviewOptions()
    },
  }
}
