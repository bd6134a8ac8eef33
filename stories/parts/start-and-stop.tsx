import { ActionButton } from './action-button.tsx'

interface StartAndStopProps {
  running: boolean
  onStart: () => void
  onStop: () => void
  /** What the first button says. */
  start?: string
}

/** The two buttons of nearly every story, of which one can be pressed at a time. */
export function StartAndStop({ running, onStart, onStop, start = 'Start' }: StartAndStopProps) {
  return (
    <>
      <ActionButton look="primary" enabled={!running} onPress={onStart}>
        {start}
      </ActionButton>
      <ActionButton look="danger" enabled={running} onPress={onStop}>
        Stop
      </ActionButton>
    </>
  )
}
