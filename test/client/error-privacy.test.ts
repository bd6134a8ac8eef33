import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { CompletionOptions } from '../../src/core.ts'
import '../support/mute-advice.ts'
import { errorOf } from './support/expect-error.ts'
import { observe } from './support/observe.ts'

const token = 'Bearer sk-very-secret'
const prompt = 'a very private question'

/** Everything that could reach a log: own properties, enumerable or not, however deep. */
function everythingIn(error: Error): string {
  const deep = inspect(error, { depth: Infinity, showHidden: true, maxArrayLength: Infinity })
  return `${deep}\n${error.message}\n${String(error.stack)}\n${JSON.stringify(error)}`
}

async function errorOfRun(options: Partial<CompletionOptions<string>>) {
  const { client } = observe<string>({ headers: { authorization: token }, ...options })
  return errorOf(await client.start(prompt))
}

describe('the error contains neither the headers nor the body of the request', () => {
  test('when an HTTP library attaches the request to its error', async () => {
    const error = await errorOfRun({
      fetch(_, init) {
        const config = {
          headers: Object.fromEntries(new Headers(init.headers)),
          data: init.body,
        }
        const inner = Object.assign(new Error('connect ECONNREFUSED'), { config })
        const thrown = Object.assign(new Error('Network Error', { cause: inner }), {
          config,
          request: { ...config },
          code: 'ERR_NETWORK',
        })
        return Promise.reject(thrown)
      },
    })
    expect(error).toMatchObject({ kind: 'network', phase: 'connect' })
    expect(error.cause).toMatchObject({ message: 'Network Error', code: 'ERR_NETWORK' })
    expect(error.cause).toMatchObject({ cause: { message: 'connect ECONNREFUSED' } })
    expectNothingPrivate(error)
  })

  test('when a library throws its request itself', async () => {
    const thrown = { headers: { authorization: token }, body: prompt } as unknown as Error
    const error = await errorOfRun({ source: () => Promise.reject(thrown) })
    expect(error.kind).toBe('network')
    expectNothingPrivate(error)
  })

  test('when a header is invalid', async () => {
    const error = await errorOfRun({ headers: { authorization: `${token}\nx` } })
    expect(error.kind).toBe('app')
    expect(error.message).toMatch(/header/i)
    expectNothingPrivate(error)
  })

  test('when the input cannot be sent as JSON', async () => {
    const circular: Record<string, unknown> = { prompt, token }
    circular['self'] = circular
    const error = await errorOfRun({ body: () => circular })
    expect(error.kind).toBe('app')
    expectNothingPrivate(error)
  })

  test('when the server answers with an error', async () => {
    const error = await errorOfRun({
      fetch: async () => Response.json({ error: { message: 'no' } }, { status: 401 }),
    })
    expect(error).toMatchObject({ kind: 'http', message: 'no' })
    expectNothingPrivate(error)
  })
})

test('the search finds private words in an unprotected error', () => {
  const leaky = new Error('x')
  Object.defineProperty(leaky, 'config', { value: { headers: { authorization: token } } })
  expect(everythingIn(leaky)).toContain('sk-very-secret')
})

function expectNothingPrivate(error: Error) {
  expect(everythingIn(error)).not.toContain('sk-very-secret')
  expect(everythingIn(error)).not.toContain(prompt)
}
