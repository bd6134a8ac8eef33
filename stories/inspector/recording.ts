import type { WireEvent } from 'use-streaming-completion'

/** A wire event, and its time in milliseconds since the start of the run. */
export interface RecordedEvent {
  readonly at: number
  readonly number: number
  readonly name: string
  readonly data: string
}

/** The events of a run, grouped into time slices. */
export interface Recorded {
  /** The ends of the slices in seconds, and the counts of each. */
  readonly seconds: readonly number[]
  readonly events: readonly number[]
  readonly kilobytes: readonly number[]
  readonly characters: readonly number[]
  readonly commits: readonly number[]
  /** When each event arrived, in milliseconds since the start. */
  readonly arrivals: readonly number[]
  /** The most recent events, oldest first. */
  readonly last: readonly RecordedEvent[]
  readonly totals: { readonly events: number; readonly bytes: number; readonly commits: number }
}

/** Records consecutive runs. */
export type Recording = ReturnType<typeof createRecording>

/** The length of a slice, in milliseconds. */
const slice = 100
/** How many events are kept. */
const keptEvents = 300
/** The time between two updates of the page, in milliseconds. */
const interval = 200

/** Records a run outside React and updates the page a few times per second, so recording does not slow it down. */
export function createRecording() {
  let startedAt = 0
  let slices = emptySlices()
  let arrivals: number[] = []
  let last: RecordedEvent[] = []
  let totals = { events: 0, bytes: 0, commits: 0 }
  let shown: Recorded = snapshot()
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  function snapshot(): Recorded {
    const seconds = slices.events.map((_, index) => ((index + 1) * slice) / 1000)
    return {
      seconds,
      ...structuredClone(slices),
      arrivals: [...arrivals],
      last: [...last],
      totals: { ...totals },
    }
  }

  function show() {
    timer = undefined
    shown = snapshot()
    for (const listener of listeners) listener()
  }

  function note(what: keyof typeof slices, amount: number) {
    if (startedAt === 0) return
    const index = Math.max(0, Math.floor((performance.now() - startedAt) / slice))
    for (const list of Object.values(slices)) while (list.length <= index) list.push(0)
    slices[what][index]! += amount
    timer ??= setTimeout(show, interval)
  }

  return {
    start: () => {
      startedAt = performance.now()
      slices = emptySlices()
      arrivals = []
      last = []
      totals = { events: 0, bytes: 0, commits: 0 }
      show()
    },
    onEvent: ({ event, data, json }: WireEvent) => {
      totals.events += 1
      const name = event ?? nameOf(json) ?? data.slice(0, 24)
      const at = performance.now() - startedAt
      arrivals.push(at)
      last.push({ at, number: totals.events, name, data })
      if (last.length > keptEvents) last.shift()
      note('events', 1)
    },
    onBytes: (count: number) => {
      totals.bytes += count
      note('kilobytes', count / 1000)
    },
    onText: (count: number) => note('characters', count),
    onCommit: () => {
      totals.commits += 1
      note('commits', 1)
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    get: () => shown,
    stop: () => clearTimeout(timer),
  }
}

function emptySlices() {
  return {
    events: [] as number[],
    kilobytes: [] as number[],
    characters: [] as number[],
    commits: [] as number[],
  }
}

/** Chunks of Chat Completions have no name, so their content serves as one. */
function nameOf(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  const { choices, object } = json as {
    choices?: readonly { delta?: object; finish_reason?: string | null }[]
    object?: string
  }
  const [choice] = choices ?? []
  if (choice?.finish_reason) return `finish_reason: ${choice.finish_reason}`
  const fields = Object.keys(choice?.delta ?? {}).join(', ')
  return fields ? `delta: ${fields}` : object
}
