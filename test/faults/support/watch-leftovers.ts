import { AsyncLocalStorage } from 'node:async_hooks'

/** Timers and listeners that the client has created and not removed, by run. */
export interface LeftoverWatch {
  /** Calls a function as part of a run: everything that it creates belongs to that run. */
  as<T>(run: string, work: () => T): T
  /** The remaining timers and listeners of a run, each with the file that created it. */
  of(run: string): string[]
  /** All remaining timers and listeners of all runs. */
  all(): string[]
  /** The reasons of unhandled rejections. */
  readonly rejections: readonly unknown[]
  stop(): void
}

type Timer = ReturnType<typeof setTimeout>

/** Counts only what the package's own sources create, because `fetch` has its own timers and listeners. */
export function watchLeftovers(sources: RegExp = /\/src\//): LeftoverWatch {
  const context = new AsyncLocalStorage<string>()
  const live = new Map<unknown, { run: string; what: string }>()
  const rejections: unknown[] = []
  const { setTimeout, clearTimeout } = globalThis
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its target below
  const { addEventListener, removeEventListener } = EventTarget.prototype

  const note = (key: unknown, what: string) => {
    const file = callingSource(sources)
    if (file) live.set(key, { run: context.getStore() ?? 'no run', what: `${what} of ${file}` })
  }

  const patchedSetTimeout = (
    callback: (...args: unknown[]) => void,
    ms?: number,
    ...args: unknown[]
  ) => {
    const timer: Timer = setTimeout(() => {
      live.delete(timer)
      callback(...args)
    }, ms)
    note(timer, `timer (${String(ms)} ms)`)
    return timer
  }
  globalThis.setTimeout = patchedSetTimeout as typeof setTimeout
  globalThis.clearTimeout = ((timer: Timer | undefined) => {
    live.delete(timer)
    clearTimeout(timer)
  }) as typeof clearTimeout

  const listeners = new WeakMap<EventTarget, Map<unknown, object>>()
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const known = listeners.get(this) ?? new Map<unknown, object>()
    listeners.set(this, known)
    // Keyed by the listener only: no function here listens to two types of event.
    const key = known.get(listener) ?? {}
    known.set(listener, key)
    if (!live.has(key)) note(key, `'${type}' listener`)
    addEventListener.call(this, type, listener, options)
    if (typeof options === 'object' && options.once) {
      addEventListener.call(this, type, () => live.delete(key), { once: true })
    }
  }
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    live.delete(listeners.get(this)?.get(listener))
    removeEventListener.call(this, type, listener, options)
  }

  const noteRejection = (reason: unknown) => void rejections.push(reason)
  process.on('unhandledRejection', noteRejection)

  return {
    as: (run, work) => context.run(run, work),
    of: (run) =>
      [...live.values()]
        // All runs share one timer for the next frame.
        .filter((held) => held.run === run && !held.what.endsWith('frame.ts'))
        .map(({ what }) => what),
    all: () => [...live.values()].map(({ run, what }) => `${what}, ${run}`),
    rejections,
    stop() {
      Object.assign(globalThis, { setTimeout, clearTimeout })
      Object.assign(EventTarget.prototype, { addEventListener, removeEventListener })
      process.off('unhandledRejection', noteRejection)
    },
  }
}

/** The innermost caller that is a file of the package. */
function callingSource(sources: RegExp): string | undefined {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- put back as it was
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.stackTraceLimit = 6
  // The call sites themselves, because formatting them is slow.
  Error.prepareStackTrace = (_, sites) => sites
  const sites = new Error().stack as unknown as NodeJS.CallSite[]
  Object.assign(Error, { prepareStackTrace, stackTraceLimit })
  // The direct caller decides: timers of other code that a source calls do not count.
  const file = sites[3]?.getFileName() ?? ''
  return sources.test(file) ? file.replace(/.*\/src\//, '') : undefined
}
