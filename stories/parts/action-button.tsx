import type { ReactNode, Ref } from 'react'

interface ActionButtonProps {
  ref?: Ref<HTMLButtonElement>
  look: 'primary' | 'danger' | 'plain'
  enabled: boolean
  onPress: () => void
  children: ReactNode
}

/**
 * A button with `aria-disabled` instead of `disabled`: a button that loses focus when it is
 * pressed sends keyboard users back to the top of the page.
 */
export function ActionButton({ ref, look, enabled, onPress, children }: ActionButtonProps) {
  return (
    <button
      ref={ref}
      type="button"
      className={`action action-${look}`}
      aria-disabled={!enabled}
      onClick={() => {
        if (enabled) onPress()
      }}
    >
      {children}
    </button>
  )
}
