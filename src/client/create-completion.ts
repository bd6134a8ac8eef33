import { emptyContent } from '../completion/fold.ts'
import type { Checkpoint, CompletionState, Idle, IdleState, Settled } from '../completion/state.ts'
import { diagnoseStartInRender } from '../diagnosis/diagnose-start-in-render.ts'
import type { CompletionInput } from '../request/request-options.ts'
import type { CompletionOptions } from '../run/options.ts'
import { nothingToStart } from '../errors/app.ts'
import { isCompletionError } from '../errors/completion-error.ts'
import { guardOptions } from '../run/guard-options.ts'
import { createPublisher } from '../publishing/publisher.ts'
import { nextTask } from '../publishing/time-slice.ts'
import { callApp } from '../publishing/call-app.ts'
import { sendRequest } from '../request/request.ts'
import { Run } from '../run/run.ts'

/** What `start` takes beside the input. */
export interface StartOptions {
  /**
   * A `checkpoint` of an earlier state, perhaps of an earlier page. Instead of sending the input, the
   * run opens the URL of `resume` and reads that stream from its beginning: the text is whole again
   * without having been stored. `retry` does the same again, unless the run was `complete` or the
   * server refused it with an `http` error; then it sends the input. `null` is no checkpoint.
   */
  checkpoint?: Checkpoint | null | undefined
}

/** A completion's controls. They keep their identity for the life of the completion. */
export interface CompletionControls<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> {
  /**
   * Starts a run, and aborts the one that is running, if any (its result is `aborted`, reason
   * `'superseded'`).
   *
   * @returns a promise of the settled state. It never rejects: a failure is a state too.
   * @throws TypeError at once for a programmer's mistake: neither `url` nor `source`, an event as the
   *   input (`onClick={start}`), an option that is not the object it should be
   */
  start: (input: Input, options?: StartOptions) => Promise<Settled<State>>
  /**
   * Closes the connection, keeps the text, settles as `aborted`. Does nothing if nothing runs.
   *
   * @param reason becomes `state.abortReason`. The event of an `onClick={abort}` counts as none.
   * @default 'abort'
   */
  abort: (reason?: unknown) => void
  /**
   * Starts the last input again, with the options of now. Resolves to the idle state, and sends
   * nothing, if nothing was started since the beginning or the last `reset`.
   */
  retry: () => Promise<Settled<State> | Idle<State>>
  /** Aborts the run, if any, forgets the last input, and returns to `idle`. */
  reset: () => void
}

/** A completion outside React: one run at a time, and a state to subscribe to. */
export interface Completion<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
> extends CompletionControls<Input, State> {
  /** The published state: immutable, and the same reference until the next publishing. */
  getState: () => State
  /**
   * Calls a listener after every publishing.
   *
   * @returns a function that ends it
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
 * Makes a completion: the client under `useStreamingCompletion`, to share between components or to
 * use without React. It opens nothing until `start` is called.
 */
export function createCompletion<
  Input = CompletionInput,
  State extends CompletionState = CompletionState,
>(initialOptions: CompletionOptions<Input, State>): Completion<Input, State> {
  let options = guardOptions(initialOptions)
  const idle = idleState as Idle<State>
  let state: State = idle
  /** The state that was published, without the text that is kept from the run before. */
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
      // A listener before it may have ended it.
      if (subscriptions.has(subscription)) callApp(subscription.listener)
    }
  }

  /**
   * Callbacks may start the next run. So those of a superseded run wait until the call that superseded
   * it is over, and a second run that settles in one task waits for the next task: starts in callbacks
   * neither nest nor keep the page from everything else.
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

  /** Cancels a run that lives on the server, where the option `resume` can. */
  function tellServer(result: Settled<State>, input: Input) {
    try {
      options.resume?.settle?.(options, input, result)
    } catch {
      // An option that throws has failed the run already.
    }
  }

  function start(input: Input, startOptions?: StartOptions): Promise<Settled<State>> {
    const checkpoint = startOptions?.checkpoint ?? undefined
    diagnoseStartInRender()
    if (isUiEvent(input)) {
      throw new TypeError('start was called with an event: write onClick={() => start(input)}.')
    }
    let keeps: unknown
    try {
      if (options.url === undefined && !options.source) throw new TypeError(nothingToStart)
      keeps = options.keepPreviousText ?? (checkpoint && state.abortReason === 'unmount')
    } catch (thrown) {
      // The run meets what a getter throws again, and fails with it.
      if (!isCompletionError(thrown)) throw thrown
    }
    const started = { input, checkpoint }
    const previous = active

    let resolve!: (result: Settled<State>) => void
    const settled = new Promise<Settled<State>>((settle) => (resolve = settle))
    const run = new Run<State>(
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
        onChange(urgent) {
          if (active !== run) return
          if (urgent) {
            // The first content: from now on all that is shown is of this run.
            keptText = ''
            publisher.flush()
          } else {
            publisher.changed(options.publish ?? 'frame')
          }
        },
        onSettle(result) {
          // A run that was superseded or reset has a result, but the state is no longer its own.
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
    // Only now: the callbacks of the run before may start the next one.
    previous?.abort('superseded')
    // A microtask later: a run that is aborted in the breath that started it sends nothing, so the
    // effects that StrictMode runs twice make one request.
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
      const checkpoint = options.resume?.restore?.()
      const mayRestore = state === idle || state.abortReason === 'unmount'
      // After a reload there is no input to send: the run of the earlier page had it.
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

function isUiEvent(value: unknown): boolean {
  return (
    (typeof Event === 'function' && value instanceof Event) ||
    (typeof value === 'object' && value !== null && 'nativeEvent' in value)
  )
}
