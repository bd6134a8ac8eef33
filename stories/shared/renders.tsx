import { Profiler, useEffect, useRef, type ReactNode } from 'react'

interface RendersProps {
  /** The name of what is counted. */
  of: string
  children: ReactNode
}

/** Counts the renders of its children and shows the count beside them, without rendering itself. */
export function Renders({ of, children }: RendersProps) {
  const count = useRef(0)
  const shown = useRef<HTMLSpanElement>(null)
  const show = () => {
    if (shown.current)
      shown.current.textContent = `${count.current} ${count.current === 1 ? 'render' : 'renders'}`
  }
  useEffect(show)
  return (
    <>
      <Profiler
        id={of}
        onRender={() => {
          count.current += 1
          show()
        }}
      >
        {children}
      </Profiler>
      <span ref={shown} className="renders" data-testid={`renders of ${of}`} />
    </>
  )
}
