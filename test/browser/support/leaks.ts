import { cdp } from 'vitest/browser'

/** The memory and the listeners of a page. */
export interface Holdings {
  /** The memory of the page's JavaScript after a forced collection, in bytes. */
  readonly heap: number
  /** The number of listeners in the page, of any type. */
  readonly listeners: number
}

/** Measures the page after everything that can be collected has been collected. */
export async function holdings(): Promise<Holdings> {
  const session = cdp() as unknown as {
    send(method: 'HeapProfiler.collectGarbage'): Promise<void>
    send(method: 'Runtime.getHeapUsage'): Promise<{ usedSize: number }>
    send(method: 'Memory.getDOMCounters'): Promise<{ jsEventListeners: number }>
  }
  // Objects that finalizers release are freed by the next collection.
  for (let round = 0; round < 3; round++) {
    await session.send('HeapProfiler.collectGarbage')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { jsEventListeners } = await session.send('Memory.getDOMCounters')
  return { heap: usedSize, listeners: jsEventListeners }
}

/** Counts listeners that were added and neither removed nor, with `once`, called. */
export function countListeners(): { readonly left: () => number; readonly stop: () => void } {
  const { prototype } = EventTarget
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its target below
  const { addEventListener, removeEventListener } = prototype
  const added = new Map<EventTarget, Set<string>>()
  const names = new WeakMap<object, number>()
  let next = 0

  function keyOf(type: string, listener: object, options: unknown): string {
    if (!names.has(listener)) names.set(listener, next++)
    const capture =
      options !== null && typeof options === 'object'
        ? (options as EventListenerOptions).capture
        : options
    return `${type} ${String(names.get(listener))} ${String(!!capture)}`
  }
  const isWatched = (target: EventTarget) =>
    target === window || target === document || target instanceof AbortSignal

  /** Targets without listeners are not kept here either. */
  function forget(target: EventTarget, key: string) {
    const keys = added.get(target)
    keys?.delete(key)
    if (keys?.size === 0) added.delete(target)
  }

  prototype.addEventListener = function (type, listener, options) {
    if (listener && isWatched(this)) {
      const keys = added.get(this) ?? new Set()
      const key = keyOf(type, listener, options)
      added.set(this, keys.add(key))
      if (typeof options === 'object' && options.once) {
        addEventListener.call(this, type, () => forget(this, key), { once: true })
      }
    }
    addEventListener.call(this, type, listener, options)
  }
  prototype.removeEventListener = function (type, listener, options) {
    if (listener) forget(this, keyOf(type, listener, options))
    removeEventListener.call(this, type, listener, options)
  }
  return {
    left: () => [...added.values()].reduce((sum, keys) => sum + keys.size, 0),
    stop: () => void Object.assign(prototype, { addEventListener, removeEventListener }),
  }
}
