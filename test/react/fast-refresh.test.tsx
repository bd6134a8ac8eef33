import { editModule, type EditedModule } from './support/fast-refresh.ts'
import { render } from '@testing-library/react'
import { useEffect } from 'react'
import { expect, test } from 'vitest'
import { useStreamingCompletion, type UseStreamingCompletionResult } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from '../client/support/chat.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()

function createApp(module: EditedModule) {
  const { fetch, requests } = createControlledFetch()
  const app = {
    requests,
    completion: undefined as unknown as UseStreamingCompletionResult<string>,
    finished: [] as string[],
    mounts: 0,
    define: (version: string, signature: string) =>
      module.define(signature, [useStreamingCompletion], function useVersion() {
        app.completion = useStreamingCompletion<string>({
          url: `/${version}`,
          fetch,
          publish: 'sync',
          onFinish: ({ status, text }) => app.finished.push(`${version}: ${status} ${text}`),
        })
        useEffect(() => {
          app.mounts++
        }, [])
        return `${version}: ${app.completion.text}`
      }),
  }
  return app
}

test('an edit that keeps the state keeps the run, which then has the options of the edited code', async () => {
  const module = editModule()
  const app = createApp(module)
  const First = app.define('first', 'useStreamingCompletion{}')
  const { container } = render(<First />)
  const { start } = app.completion
  await step(() => start('a'))
  await step(() => {
    app.requests[0]!.respond()
    app.requests[0]!.send(textChunk('one'))
  })
  expect(container.textContent).toBe('first: one')

  app.define('second', 'useStreamingCompletion{}')
  await step(() => module.save())
  // React has run the effects again, and with them those of the hook.
  expect(app.mounts).toBe(2)
  expect(container.textContent).toBe('second: one')
  expect(app.requests[0]!.closedByClient).toBe(false)
  expect(app.completion.start).toBe(start)

  await step(() => app.requests[0]!.send(answer(' two')))
  expect(container.textContent).toBe('second: one two')
  expect(app.finished).toEqual(['second: complete one two'])
  await step(() => start('b'))
  expect(app.requests[1]!.url).toBe('/second')
})

test('an edit that resets the state aborts the run, and leaves the hook usable', async () => {
  const module = editModule()
  const app = createApp(module)
  const First = app.define('first', 'useStreamingCompletion{}')
  const { container } = render(<First />)
  await step(() => app.completion.start('a'))
  await step(() => {
    app.requests[0]!.respond()
    app.requests[0]!.send(textChunk('one'))
  })

  app.define('second', 'useState{}\nuseStreamingCompletion{}')
  await step(() => module.save())
  expect(app.requests[0]!.closedByClient).toBe(true)
  expect(app.finished).toEqual(['first: aborted one'])
  expect(container.textContent).toBe('second: ')
  expect(app.completion.status).toBe('idle')

  await step(() => app.completion.start('b'))
  await step(() => {
    app.requests[1]!.respond()
    app.requests[1]!.send(answer('two'))
  })
  expect(container.textContent).toBe('second: two')
  expect(app.finished).toEqual(['first: aborted one', 'second: complete two'])
})
