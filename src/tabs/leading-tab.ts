/** How long the leading tab may be silent before another tab takes the lead, in milliseconds. */
const patience = 6000

/** What a tab that follows expects of the leading tab: an answer when it asks, and signs of life. */
export interface LeadingTab {
  /** Asks for the whole state, once until it is answered. */
  ask: () => void
  /** The leading tab has answered, or there is nothing to wait for. */
  answered: () => void
  /** Resolves when no answer is outstanding, or after this many milliseconds. */
  whenAnswered: (timeout: number) => Promise<void>
  /** Starts to wait for the next sign of life, or stops waiting if nothing is followed. */
  watch: () => void
}

/**
 * @param ask sends the question
 * @param isFollowed whether a run of another tab is shown that is still active
 * @param challenge takes the lead from a tab that has been silent for too long
 */
export function createLeadingTab(
  ask: () => void,
  isFollowed: () => boolean,
  challenge: () => void,
): LeadingTab {
  /** What waits for the answer, while one is outstanding. */
  let waiting: (() => void)[] | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function answered() {
    const resolved = waiting ?? []
    waiting = undefined
    for (const resolve of resolved) resolve()
  }

  function watch() {
    clearTimeout(timer)
    // Not in all tabs at the same time.
    if (isFollowed()) timer = setTimeout(onSilence, patience * (1 + Math.random() / 2))
  }

  function onSilence() {
    answered()
    challenge()
    watch()
  }

  return {
    ask() {
      if (waiting) return
      waiting = []
      ask()
    },
    answered,
    whenAnswered: (timeout) =>
      new Promise((resolve) => {
        if (!waiting) resolve()
        waiting?.push(resolve)
        setTimeout(resolve, timeout)
      }),
    watch,
  }
}
