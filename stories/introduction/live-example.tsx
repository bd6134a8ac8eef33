import { useRef } from 'react'
import { answerInPage } from '../connection/answer-in-page.ts'
import { CodeCard } from '../parts/code-card.tsx'
import { ModelNotice } from '../parts/model-notice.tsx'
import { useAutoStart } from '../parts/use-auto-start.ts'
import { Answer } from './answer.tsx'
import code from './answer.tsx?raw'

// The example calls the global `fetch`, as an app does. Without a proxy, the page answers it.
answerInPage()

/** Ten lines of code beside the running component. */
export function LiveExample() {
  const card = useRef<HTMLElement>(null)
  const autoStart = useAutoStart(() => card.current?.querySelector('button')?.click())

  return (
    <div className="live-example">
      <CodeCard title="answer.tsx" code={code} />
      <section
        className="card live-answer"
        aria-label="The example, running"
        ref={(element) => {
          card.current = element
          autoStart(element)
        }}
      >
        <Answer />
        <ModelNotice />
      </section>
    </div>
  )
}
