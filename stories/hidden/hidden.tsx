import { useState, type ComponentProps } from 'react'
import {
  isRunning,
  useCompletion,
  useCompletionState,
  type SettledState,
} from 'use-streaming-completion'
import code from '../../examples/jobs/activity.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { ActionButton } from '../parts/action-button.tsx'
import { StartAndStop } from '../parts/start-and-stop.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { OwnAnswer, SharedAnswer } from './answer.tsx'
import './hidden.css'
import { Lane } from './lane.tsx'

export interface HiddenProps {
  prompt?: string
}

type Controls = Parameters<ComponentProps<typeof OwnAnswer>['onControls']>[0]

/** What happens to a run when `Activity` hides its component, and how to keep it running. */
export function Hidden({ prompt = 'Plan three days in Kyoto' }: HiddenProps) {
  const { fetch } = useConnection()
  const [isHidden, setHidden] = useState(false)
  const [inside, setInside] = useState<Controls>()
  const [ended, setEnded] = useState<SettledState>()
  const [hasStarted, setStarted] = useState(false)
  const insideStatus = ended?.status ?? (hasStarted ? 'streaming' : 'idle')
  const above = useCompletion<object>({ url: '/api/responses', fetch })
  const aboveStatus = useCompletionState(above, ({ status }) => status)
  const length = useCompletionState(above, ({ text }) => text.length)
  const running = isRunning({ status: insideStatus }) || isRunning({ status: aboveStatus })

  const start = () => {
    const request = { model: 'gpt-4.1-mini', input: prompt, stream: true }
    setStarted(true)
    setEnded(undefined)
    void inside?.start(request).then(setEnded)
    void above.start(request)
  }
  const stop = () => {
    inside?.abort()
    above.abort()
  }

  return (
    <StoryPage
      title="Hidden by Activity"
      code={code}
      lead={
        <>
          Hiding a component with <code>{'<Activity>'}</code> ends the run that it owns; a
          completion above it keeps going
        </>
      }
    >
      <div className="hidden-controls">
        <StartAndStop start="Start both" running={running} onStart={start} onStop={stop} />
        <ActionButton look="plain" enabled onPress={() => setHidden(!isHidden)}>
          {isHidden ? 'Show the answers' : 'Hide the answers'}
        </ActionButton>
      </div>
      <div className="hidden-lanes">
        <Lane
          label="Hook inside"
          title={
            <>
              <code>useStreamingCompletion</code> inside the Activity
            </>
          }
          status={insideStatus}
          isHidden={isHidden}
        >
          <OwnAnswer onControls={setInside} />
        </Lane>
        <Lane
          label="Completion above"
          title={
            <>
              <code>useCompletion</code> above the Activity
            </>
          }
          status={aboveStatus}
          length={length}
          isHidden={isHidden}
        >
          <SharedAnswer completion={above} />
        </Lane>
      </div>
    </StoryPage>
  )
}
