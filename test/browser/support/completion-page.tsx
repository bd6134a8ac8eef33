import { Profiler, StrictMode, useEffect, useLayoutEffect, useState, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, onTestFinished } from 'vitest'
import {
  useStreamingCompletion,
  type CompletionError,
  type SettledState,
  type UseStreamingCompletionOptions,
  type UseStreamingCompletionResult,
} from '../../../src/index.ts'

type Options = Extract<UseStreamingCompletionOptions, { completion?: undefined }>

/** The content of the page after one React commit. */
interface Shown {
  readonly status: string
  readonly text: string
  readonly error: string
  readonly isFinished: boolean
}

/** A call of one of the app's callbacks, in order. */
type Callback =
  | { readonly name: 'onError'; readonly error: CompletionError; readonly result: SettledState }
  | { readonly name: 'onFinish'; readonly result: SettledState }

/** A page with one component that uses the hook, rendered as an app would: without `act`. */
export interface CompletionPage {
  /** The result of the hook in the last committed render. */
  readonly completion: UseStreamingCompletionResult
  /** The current content of the page. */
  shown(): Shown
  /** The content of the page after each commit, in order. */
  readonly history: readonly Shown[]
  /** How often React has committed. */
  readonly commits: number
  readonly callbacks: readonly Callback[]
  unmount(): void
}

export interface PageSettings {
  /** Wraps the component in `StrictMode`. */
  readonly isStrict?: boolean
}

export async function renderCompletion(
  options: Options,
  { isStrict = false }: PageSettings = {},
): Promise<CompletionPage> {
  const container = document.body.appendChild(document.createElement('main'))
  const root = createRoot(container)
  const history: Shown[] = []
  const callbacks: Callback[] = []
  let completion: UseStreamingCompletionResult | undefined
  let commits = 0
  let isMounted = false

  const page: CompletionPage = {
    get completion() {
      if (!completion) throw new Error('the component has not rendered yet')
      return completion
    },
    shown: () => read(container),
    history,
    get commits() {
      return commits
    },
    callbacks,
    unmount: () => root.unmount(),
  }

  function App(): ReactNode {
    const [isFinished, setFinished] = useState(false)
    const current = useStreamingCompletion({
      ...options,
      onFinish: (result) => {
        setFinished(true)
        callbacks.push({ name: 'onFinish', result })
      },
      onError: (error, result) => void callbacks.push({ name: 'onError', error, result }),
    })
    useLayoutEffect(() => {
      completion = current
      history.push(read(container))
    })
    // Passive effects run last, together with the checks of StrictMode on a new component.
    useEffect(() => {
      isMounted = true
    }, [])
    return (
      <>
        <p data-shown="status">{current.status}</p>
        <pre data-shown="text">{current.text}</pre>
        <p data-shown="error">{current.error?.message}</p>
        <p data-shown="finished">{isFinished ? 'finished' : ''}</p>
      </>
    )
  }

  const Mode = isStrict ? StrictMode : 'div'
  root.render(
    <Mode>
      <Profiler id="completion" onRender={() => commits++}>
        <App />
      </Profiler>
    </Mode>,
  )
  onTestFinished(() => {
    root.unmount()
    container.remove()
  })
  await expect.poll(() => isMounted).toBe(true)
  return page
}

/** A test that stops the page's frames still needs its own. */
const requestFrame = globalThis.requestAnimationFrame.bind(globalThis)

export function nextFrame(): Promise<number> {
  return new Promise(requestFrame)
}

function read(container: Element): Shown {
  const content = (name: string) =>
    container.querySelector(`[data-shown="${name}"]`)?.textContent ?? ''
  return {
    status: content('status'),
    text: content('text'),
    error: content('error'),
    isFinished: content('finished') !== '',
  }
}
