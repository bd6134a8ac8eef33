import { render } from '@testing-library/react'
import { Profiler, StrictMode, type ReactNode } from 'react'
import {
  useStreamingCompletion,
  type CompletionOptions,
  type SettledState,
  type UseStreamingCompletionResult,
} from '../../../src/index.ts'
import { createControlledFetch, type ControlledRequest } from '../../../src/testing.ts'

type Options = Partial<CompletionOptions<string>>

export interface RenderedCompletion {
  /** The result of the hook in the latest render. */
  readonly current: UseStreamingCompletionResult<string>
  /** The results of all renders so far. */
  readonly renders: readonly UseStreamingCompletionResult<string>[]
  /** How often React has committed. */
  readonly commits: number
  readonly requests: readonly ControlledRequest[]
  /** The arguments of `onFinish`. */
  readonly finished: readonly SettledState[]
  rerender: (options?: Options) => void
  unmount: () => void
}

export interface RenderSettings {
  readonly isStrict?: boolean
  /** Runs in every render of the component, to add more hooks. */
  readonly useMore?: (completion: UseStreamingCompletionResult<string>) => void
  readonly wrap?: (component: ReactNode) => ReactNode
}

/** Renders a component that uses the hook with a `fetch` that the test controls. */
export function renderCompletion(
  initialOptions: Options = {},
  { isStrict = false, useMore, wrap = (component) => component }: RenderSettings = {},
): RenderedCompletion {
  const { fetch, requests } = createControlledFetch()
  const renders: UseStreamingCompletionResult<string>[] = []
  const finished: SettledState[] = []
  let commits = 0

  function Component({ options }: { options: Options }) {
    const completion = useStreamingCompletion<string>({
      url: '/api/completion',
      fetch,
      ...options,
      onFinish(result) {
        finished.push(result)
        options.onFinish?.(result)
      },
    })
    renders.push(completion)
    useMore?.(completion)
    return (
      <p>
        {completion.status}: {completion.text}
      </p>
    )
  }

  function tree(options: Options) {
    const component = wrap(<Component options={options} />)
    const profiled = (
      <Profiler id="completion" onRender={() => commits++}>
        {component}
      </Profiler>
    )
    return isStrict ? <StrictMode>{profiled}</StrictMode> : profiled
  }

  const { rerender, unmount } = render(tree(initialOptions))
  return {
    get current() {
      return renders.at(-1)!
    },
    renders,
    get commits() {
      return commits
    },
    requests,
    finished,
    rerender: (options = initialOptions) => rerender(tree(options)),
    unmount,
  }
}
