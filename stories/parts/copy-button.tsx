import { useEffect, useState } from 'react'

/** How long the button shows “Copied”, in milliseconds. */
const thanks = 2000

/** Copies text and confirms it. */
export function CopyButton({ text }: { text: string }) {
  const [said, setSaid] = useState<'Copied' | 'Copy failed'>()
  useEffect(() => {
    if (said === undefined) return undefined
    const timer = setTimeout(() => setSaid(undefined), thanks)
    return () => clearTimeout(timer)
  }, [said])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('Copy failed'),
    )

  return (
    <button type="button" className="chip copy-button" onClick={() => void copy()}>
      {said ?? 'Copy'}
      <span className="hidden-words" aria-live="polite">
        {said}
      </span>
    </button>
  )
}
