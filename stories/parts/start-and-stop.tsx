import { ActionButton } from './action-button.tsx'
import { useAutoStart } from './use-auto-start.ts'

interface StartAndStopProps {
  running: boolean
  onStart: () => void
  onStop: () => void
  /** The label of the first button. */
  start?: string
}

/**
 * The buttons of nearly every story, of which one is enabled at a time. The story starts
 * when they come into view, so Stop is always visible.
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
