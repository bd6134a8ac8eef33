import { act, render } from '@testing-library/react'
import { memo, Profiler, StrictMode } from 'react'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  useStreamingObject,
  type ObjectSettledState,
  type StreamingObject,
  type StreamingObjectOptions,
  type UseStreamingObjectResult,
} from '../../src/index.ts'
import { createStreamingObject } from '../../src/core.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { stubFrames } from '../client/support/stub-frames.ts'
import { finish, text } from '../structured/support/recipe.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()

const schema = z.object({ rows: z.array(z.object({ id: z.number() })) })
type Rows = z.infer<typeof schema>
type Options =
  | (Partial<StreamingObjectOptions<Rows, string>> & { completion?: undefined })
  | { completion: StreamingObject<Rows, string> }

const Row = memo(function Row({
  row,
  onRender,
}: {
  row: { id?: number }
  onRender: (row: object) => void
}) {
  onRender(row)
  return <li>{row.id}</li>
})

function renderObject(options: Options = {}) {
  const { fetch, requests } = createControlledFetch()
  const finished: ObjectSettledState<Rows>[] = []
  const rowRenders: object[] = []
  const noteRow = (row: object) => void rowRenders.push(row)
  let current!: UseStreamingObjectResult<Rows, string>

  function Component({ wanted }: { wanted: typeof options }) {
    const result = useStreamingObject<Rows, string>(
      wanted.completion
        ? wanted
        : { url: '/', fetch, schema, onFinish: (settled) => finished.push(settled), ...wanted },
    )
    current = result
    return (
      <ul>
        {result.object?.rows?.map((row, at) => (
          <Row key={at} row={row} onRender={noteRow} />
        ))}
      </ul>
    )
  }

  const { rerender, unmount, container } = render(<Component wanted={options} />)
  return {
    get current() {
      return current
    },
    requests,
    finished,
    rowRenders,
    container,
    unmount,
    rerender: (next: typeof options) => rerender(<Component wanted={next} />),
  }
}

describe('useStreamingObject', () => {
  test('shows the object as it grows, and the value at the end', async () => {
    const hook = renderObject()
    expect(hook.current).toMatchObject({ status: 'idle', error: undefined })
    expect([hook.current.object, hook.current.value]).toEqual([undefined, undefined])

    await step(() => void hook.current.start('go'))
    hook.requests[0]!.respond()
    await step(() => hook.requests[0]!.send(text('{"rows":[{"id":1}')))
    expect(hook.container.textContent).toBe('1')
    expect(hook.current).toMatchObject({ status: 'streaming', value: undefined })

    await step(() => hook.requests[0]!.send(text(',{"id":2}]}') + finish()))
    expect(hook.container.textContent).toBe('12')
    expect(hook.current).toMatchObject({
      status: 'complete',
      value: { rows: [{ id: 1 }, { id: 2 }] },
    })
    expect(hook.finished).toHaveLength(1)
    expect(hook.finished[0]).toMatchObject({ status: 'complete', value: hook.current.value })
  })

  test('renders a complete row once, however many follow', async () => {
    const hook = renderObject({ publish: 'sync' })
    await step(() => void hook.current.start('go'))
    hook.requests[0]!.respond()
    await step(() => hook.requests[0]!.send(text('{"rows":[{"id":1}')))
    const first = hook.current.object!.rows![0]
    for (let id = 2; id < 8; id++) {
      await step(() => hook.requests[0]!.send(text(`,{"id":${id}}`)))
    }
    await step(() => hook.requests[0]!.send(text(']}') + finish()))
    expect(hook.current.status).toBe('complete')
    expect(hook.rowRenders.filter((row) => row === first)).toHaveLength(1)
  })

  test('JSON that does not match is an error, and retry sends the input again', async () => {
    const hook = renderObject()
    await step(() => void hook.current.start('go'))
    hook.requests[0]!.respond()
    await step(() => hook.requests[0]!.send(text('{"rows":[{}]}') + finish()))
    expect(hook.current).toMatchObject({ status: 'error', error: { kind: 'validation' } })
    expect(hook.current.error!.issues).toMatchObject([{ path: ['rows', 0, 'id'] }])
    expect(hook.current.object).toEqual({ rows: [{}] })

    await step(() => void hook.current.retry())
    expect(hook.current.object).toBeUndefined()
    hook.requests[1]!.respond()
    await step(() => hook.requests[1]!.send(text('{"rows":[]}') + finish()))
    expect(hook.current).toMatchObject({ status: 'complete', value: { rows: [] } })
  })

  test('the controls keep their identity across renders', async () => {
    const hook = renderObject()
    const { start, abort, retry, reset } = hook.current
    hook.rerender({})
    await step(() => void hook.current.start('go'))
    expect(hook.current).toMatchObject({ start, abort, retry, reset })
    expect(hook.current.start).toBe(start)
  })

  test('an unmount aborts the run', async () => {
    const hook = renderObject()
    let settled!: Promise<ObjectSettledState<Rows>>
    await step(() => void (settled = hook.current.start('go')))
    hook.requests[0]!.respond()
    await step(() => hook.requests[0]!.send(text('{"rows":[{"id":1},')))
    act(() => hook.unmount())
    expect(await settled).toMatchObject({
      status: 'aborted',
      abortReason: 'unmount',
      object: { rows: [{ id: 1 }] },
    })
    expect(hook.requests[0]!.closedByClient).toBe(true)
  })

  test('the run uses the schema from its start', async () => {
    const hook = renderObject()
    await step(() => void hook.current.start('go'))
    hook.rerender({ schema: z.never() })
    hook.requests[0]!.respond()
    await step(() => hook.requests[0]!.send(text('{"rows":[]}') + finish()))
    expect(hook.current.status).toBe('complete')

    await step(() => void hook.current.start('again'))
    hook.requests[1]!.respond()
    await step(() => hook.requests[1]!.send(text('{"rows":[]}') + finish()))
    expect(hook.current).toMatchObject({ status: 'error', error: { kind: 'validation' } })
  })

  test('shows a shared completion', async () => {
    const { fetch, requests } = createControlledFetch()
    const completion = createStreamingObject<Rows, string>({ url: '/', fetch, schema })
    const hook = renderObject({ completion })
    await step(() => void completion.start('go'))
    requests[0]!.respond()
    await step(() => requests[0]!.send(text('{"rows":[{"id":5}]}') + finish()))
    expect(hook.container.textContent).toBe('5')
    expect(hook.current).toMatchObject({ status: 'complete', value: { rows: [{ id: 5 }] } })
  })

  test('works in StrictMode', async () => {
    const { fetch, requests } = createControlledFetch()
    function Component() {
      const { object, start } = useStreamingObject<Rows, string>({ url: '/', fetch, schema })
      return <button onClick={() => void start('go')}>{object?.rows?.length ?? 'start'}</button>
    }
    const { getByRole } = render(
      <StrictMode>
        <Component />
      </StrictMode>,
    )
    await step(() => getByRole('button').click())
    requests[0]!.respond()
    await step(() => requests[0]!.send(text('{"rows":[{"id":5}]}') + finish()))
    expect(getByRole('button').textContent).toBe('1')
  })

  test('renders once per frame, however many rows arrive in it', async () => {
    const frames = stubFrames()
    let commits = 0
    const { fetch, requests } = createControlledFetch()
    let start!: (input: string) => unknown

    function Component() {
      const result = useStreamingObject<Rows, string>({ url: '/', fetch, schema })
      start = result.start
      return <p>{result.object?.rows?.length}</p>
    }

    const { container } = render(
      <Profiler id="page" onRender={() => commits++}>
        <Component />
      </Profiler>,
    )
    await step(() => void start('go'))
    requests[0]!.respond()
    // The first content is shown at once.
    await step(() => requests[0]!.send(text('{"rows":[{"id":0}')))
    await step(() => frames.draw())
    commits = 0
    let id = 1
    for (let frame = 1; frame <= 5; frame++) {
      await step(() => {
        for (const end = id + 200; id < end; id++) requests[0]!.send(text(`,{"id":${id}}`))
      })
      expect(commits).toBe(frame - 1)
      await step(() => frames.draw())
      expect(commits).toBe(frame)
      expect(container.textContent).toBe(String(id))
    }
    await step(() => requests[0]!.send(text(']}') + finish()))
    expect(commits).toBe(6)
  })
})
