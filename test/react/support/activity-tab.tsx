import { Activity, useState, type ReactNode } from 'react'
import { latest } from './latest.ts'
import { step } from './step.ts'

const setter = latest<(isHidden: boolean) => void>()

/** A tab of an app, which the test hides and shows. */
export function Tab({ children }: { children: ReactNode }) {
  const [isHidden, setHidden] = useState(false)
  setter.note(setHidden)
  return <Activity mode={isHidden ? 'hidden' : 'visible'}>{children}</Activity>
}

/** Shows it, without waiting for the effects. */
export const showNow = () => setter.current(false)

export const hide = () => step(() => setter.current(true))
export const show = () => step(showNow)
