import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCompletion } from '../../src/core.ts'
import { completionStream, httpFailure, scriptedFetch } from '../../src/testing.ts'
import { runSnippet } from '../support/run-snippet.ts'

interface Recipe {
  authenticated: {
    headers: () => Promise<Record<string, string>>
    onResponse: (response: Response) => void
    retry: { attempts: number; statuses: number[]; delay: number }
  }
}

let tokens: string[]

beforeEach(() => {
  tokens = ['first', 'second', 'third']
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ token: tokens.shift() })))
})

afterEach(() => vi.unstubAllGlobals())

const hello = completionStream({ text: 'Hello' }, { format: 'openai-chat' })
const expired = httpFailure(401, { error: { message: 'The token has expired.' } })

/** The completion of docs/auth.md, and its requests. */
function recipe(script: Parameters<typeof scriptedFetch>[0]) {
  const { authenticated } = runSnippet('docs/auth.md', 'fetchToken') as Recipe
  const sent: (string | null)[] = []
  const play = scriptedFetch(script)
  const completion = createCompletion<string>({
    url: 'http://localhost/api/completion',
    ...authenticated,
    fetch: (url, init) => {
      sent.push(new Headers(init.headers).get('authorization'))
      return play(url, init)
    },
  })
  return { completion, sent }
}

test('an expired token is refreshed and the request is sent again', async () => {
  const { completion, sent } = recipe([expired, hello])
  expect(await completion.start('Hi')).toMatchObject({ status: 'complete', text: 'Hello' })
  expect(sent).toEqual(['Bearer first', 'Bearer second'])
})

test('a valid token is fetched once for all runs', async () => {
  const { completion, sent } = recipe([hello, hello])
  await completion.start('Hi')
  await completion.start('Hi')
  expect(sent).toEqual(['Bearer first', 'Bearer first'])
})

test('a second 401 in a row is the error, and the next run starts with a new token', async () => {
  const { completion, sent } = recipe([expired, expired, hello])
  expect(await completion.start('Hi')).toMatchObject({
    status: 'error',
    error: { kind: 'http', status: 401, message: 'The token has expired.' },
  })
  expect(await completion.start('Hi')).toMatchObject({ status: 'complete' })
  expect(sent).toEqual(['Bearer first', 'Bearer second', 'Bearer third'])
})

test('a token that cannot be fetched is an app error, and nothing is sent', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 403 })))
  const { completion, sent } = recipe([hello])
  expect(await completion.start('Hi')).toMatchObject({
    status: 'error',
    error: { kind: 'app', cause: { message: 'Sign in again.' } },
  })
  expect(sent).toEqual([])
})
