import { commitsSoFar } from './count-commits.ts'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { checkShown } from './check.ts'
import type { UseAnswer, View } from './contestant.ts'
import { navigate, Navigation } from './navigation.tsx'
import type { PageRequest } from './protocol.ts'
import { createRecorder, offer, type Recorder } from './recorder.ts'
import { watchKeys } from './typing.ts'

export interface Contestant {
  useAnswer: UseAnswer
  View: View
  /** The content of a view's elements once the text is complete; by default the text itself. */
  expected?: (text: string) => Promise<string>
  /** The part of the shown text that is compared. */
  normalize?: (shown: string) => string
}

/** A page of one root with a hook for each stream, an input, and a second page. */
export function mount({ useAnswer, View, expected, normalize = (shown) => shown }: Contestant) {
  const request = JSON.parse(decodeURIComponent(location.hash.slice(1))) as PageRequest
  const recorder = createRecorder(request)
  const root = document.getElementById('root')!

  createRoot(root).render(
    <>
      <Draft />
      <Navigation />
      {request.urls.map((url, index) => (
        <Stream key={index} {...{ url, index, request, recorder, useAnswer, View }} />
      ))}
    </>,
  )
  offer({
    ...recorder,
    commits: commitsSoFar,
    check: () =>
      checkShown(
        request,
        Array.from(root.querySelectorAll('.answer'), ({ textContent }) => normalize(textContent)),
        expected,
      ),
    keyLatencies: watchKeys(),
    navigate,
  })
}

function Draft() {
  const [draft, setDraft] = useState('')
  return (
    <input
      value={draft}
      onChange={(event) => {
        setDraft(event.target.value)
      }}
    />
  )
}

interface StreamProps {
  url: string
  index: number
  request: PageRequest
  recorder: Recorder
  useAnswer: UseAnswer
  View: View
}

function Stream({ url, index, request, recorder, useAnswer, View }: StreamProps) {
  const answer = useAnswer(url, request.format)
  const { text, finished } = answer
  const latest = useRef(answer)
  useLayoutEffect(() => {
    latest.current = answer
    recorder.onShown(index, text.length, finished)
  })
  useEffect(() => {
    recorder.onReady(() => {
      latest.current.start()
    })
  }, [recorder])
  return (
    <section className="answer">
      <View text={text} finished={finished} />
    </section>
  )
}
