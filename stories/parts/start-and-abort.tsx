import { ActionButton } from './action-button.tsx'

interface StartAndAbortProps {
  running: boolean
  onStart: () => void
  onAbort: () => void
  /** What the first button says. */
  start?: string
}

/** The two buttons of nearly every story, of which one can be pressed at a time. */
export function StartAndAbort({ running, onStart, onAbort, start = 'Start' }: StartAndAbortProps) {
  return (
    <>
      <ActionButton look="primary" enabled={!running} onPress={onStart}>
        {start}
      </ActionButton>
      <ActionButton look="danger" enabled={running} onPress={onAbort}>
        Abort
      </ActionButton>
    </>
  )
}
