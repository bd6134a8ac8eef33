import { ActionButton } from './action-button.tsx'
import { useAutoStart } from './use-auto-start.ts'

interface StartAndStopProps {
  running: boolean
  onStart: () => void
  onStop: () => void
  /** What the first button says. */
  start?: string
}

/**
 * The two buttons of nearly every story, of which one can be pressed at a time. The story starts by
 * itself when they come into view, so a Stop is always in sight.
 */
export function StartAndStop({ running, onStart, onStop, start = 'Start' }: StartAndStopProps) {
  const startsInView = useAutoStart(onStart)
  return (
    <>
      <ActionButton ref={startsInView} look="primary" enabled={!running} onPress={onStart}>
        {start}
      </ActionButton>
      <ActionButton look="danger" enabled={running} onPress={onStop}>
        Stop
      </ActionButton>
    </>
  )
}
