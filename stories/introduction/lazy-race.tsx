import { lazy, Suspense } from 'react'
import { ActionButton } from '../parts/action-button.tsx'
import { RaceView } from './race-view.tsx'

/** Resolves when the page is idle. Safari has no `requestIdleCallback`. */
const whenIdle = () =>
  new Promise<void>((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve())
    else setTimeout(resolve, 200)
  })

// The AI SDK is as large as the rest of the page, so it loads after it.
const Race = lazy(() => whenIdle().then(() => import('./race.tsx')))

const nothing = () => undefined
const waiting = { text: '', running: false, outcome: 'none', shown: '\u00a0' } as const

/** Loads the race after the rest of the page, and reserves its space. */
export function LazyRace() {
  return (
    <Suspense
      fallback={
        <RaceView
          actions={
            <>
              <ActionButton look="primary" enabled={false} onPress={nothing}>
                Race again
              </ActionButton>
              <ActionButton look="danger" enabled={false} onPress={nothing}>
                Stop
              </ActionButton>
            </>
          }
          ours={{ ...waiting, state: "status: 'idle'" }}
          theirs={{ ...waiting, state: 'isLoading: false, error: undefined' }}
        />
      }
    >
      <Race />
    </Suspense>
  )
}
