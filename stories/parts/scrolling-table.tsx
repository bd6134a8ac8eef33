import type { ComponentProps } from 'react'

/** A wide table scrolls, also by keyboard; the page does not. */
export function ScrollingTable(props: ComponentProps<'table'>) {
  return (
    <div className="scrolling-table" tabIndex={0} role="group" aria-label="Table">
      <table {...props} />
    </div>
  )
}
