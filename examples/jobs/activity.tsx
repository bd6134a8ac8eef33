import { Activity, useState } from 'react'
import { useCompletion, useStreamingCompletion, type Completion } from 'use-streaming-completion'

function Answer({ completion }: { completion: Completion<string> }) {
  const { text, start } = useStreamingCompletion({ completion })
  return <button onClick={() => void start('Tell a story')}>{text || 'Start'}</button>
}

export function Tabs() {
  const [isShown, setIsShown] = useState(true)
  // Above the <Activity>: the run of a hook inside it would end when it is hidden.
  const completion = useCompletion<string>({ url: '/api/completion' })
  return (
    <main>
      <button onClick={() => setIsShown(!isShown)}>{isShown ? 'Hide' : 'Show'}</button>
      <Activity mode={isShown ? 'visible' : 'hidden'}>
        <Answer completion={completion} />
      </Activity>
    </main>
  )
}
