import type { ComponentProps } from 'react'

/** A table that scrolls where it does not fit, by the keyboard too; the page does not. */
export function ScrollingTable(props: ComponentProps<'table'>) {
  return (
    <div className="scrolling-table" tabIndex={0} role="group" aria-label="Table">
      <table {...props} />
    </div>
  )
}
