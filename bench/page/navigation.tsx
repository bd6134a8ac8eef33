import { memo, startTransition, useLayoutEffect, useState } from 'react'

/** How many small components the other page has, each of which takes a millisecond to render. */
const partCount = 300

let go: (() => void) | undefined
let arrive: (() => void) | undefined

/** Renders the other page in a transition. Resolves with the time that took, in milliseconds. */
export function navigate(): Promise<number> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    arrive = () => {
      resolve(performance.now() - startedAt)
    }
    go?.()
  })
}

export function Navigation() {
  const [isThere, setIsThere] = useState(false)
  useLayoutEffect(() => {
    go = () => {
      startTransition(() => {
        setIsThere(true)
      })
    }
  }, [])
  return isThere ? <OtherPage /> : <p>Here</p>
}

function OtherPage() {
  useLayoutEffect(() => arrive?.(), [])
  return (
    <ul>
      {Array.from({ length: partCount }, (_, index) => (
        <Part key={index} index={index} />
      ))}
    </ul>
  )
}

const Part = memo(function Part({ index }: { index: number }) {
  burn(1)
  return <li hidden>{index}</li>
})

/** Takes `duration` milliseconds, like a slow component. */
function burn(duration: number) {
  const end = performance.now() + duration
  while (performance.now() < end);
}
