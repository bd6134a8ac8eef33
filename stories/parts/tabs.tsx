import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import './tabs.css'

interface TabsProps<Id extends string> {
  label: string
  tabs: readonly { readonly id: Id; readonly label: string; readonly content: () => ReactNode }[]
  selected: Id
  onSelect: (id: Id) => void
  /** Content beside the tabs. */
  children?: ReactNode
}

/** Tabs by the ARIA Authoring Practices: arrow keys select, Tab moves to the panel. */
export function Tabs<Id extends string>({
  label,
  tabs,
  selected,
  onSelect,
  children,
}: TabsProps<Id>) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const chosen = tabs.find((tab) => tab.id === selected)

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    const index = tabs.findIndex((tab) => tab.id === selected)
    const next = (index + step + tabs.length) % tabs.length
    onSelect(tabs[next]!.id)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus()
  }

  return (
    <>
      <div className="tab-bar">
        <div ref={list} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${id}-${tab.id}`}
              aria-selected={tab.id === selected}
              aria-controls={tab.id === selected ? `${id}-panel` : undefined}
              tabIndex={tab.id === selected ? 0 : -1}
              onClick={() => onSelect(tab.id)}
            >
              {tab.label}
            </button>
          ))}
        </div>
        {children}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        className="tab-panel"
        aria-labelledby={`${id}-${selected}`}
      >
        {chosen?.content()}
      </div>
    </>
  )
}
