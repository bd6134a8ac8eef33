import { expect, onTestFinished, test } from 'vitest'
import { chat } from './support/bodies.ts'
import { renderCompletion } from './support/completion-page.tsx'
import { expectSettled } from './support/expect-settled.ts'
import { end, head, prepareFault, write } from './support/fault.ts'

/** The proxy on the page's own host: another origin because of its port, but one that receives the page's cookies. */
const onPageHost = (url: string) => {
  const { hostname } = location
  return url.replace('127.0.0.1', hostname)
}

function setCookie(cookie: string) {
  document.cookie = `${cookie}; path=/`
  onTestFinished(() => {
    document.cookie = `${cookie.split('=')[0]!}=; path=/; max-age=0`
  })
}

const prepareWhole = () => prepareFault(head(), write(chat.whole(['Hello'])), end)

const complete = { status: 'complete', text: 'Hello' } as const

test('the preflight of a cross-origin request asks for its content type and nothing else', async () => {
  const fault = await prepareWhole()
  expect(new URL(fault.url).origin).not.toBe(location.origin)
  const page = await renderCompletion({ url: fault.url })
  await expectSettled(page, page.completion.start({ input: 'Hi' }), complete)

  const { preflight, headers, body } = await fault.requested()
  expect(preflight).toEqual(['content-type'])
  expect(headers['content-type']).toBe('application/json')
  expect(headers['accept']).toContain('text/event-stream')
  expect(JSON.parse(body)).toEqual({ input: 'Hi' })
})

test('a request with a simple body is sent without a preflight', async () => {
  const fault = await prepareWhole()
  const page = await renderCompletion({
    url: fault.url,
    body: (input: unknown) => new URLSearchParams({ input: String(input) }),
  })
  await expectSettled(page, page.completion.start('Hi'), complete)
  const { preflight, body } = await fault.requested()
  expect(preflight).toEqual([])
  expect(body).toBe('input=Hi')
})

test("the preflight also asks for the app's own headers, and for no others", async () => {
  const fault = await prepareWhole()
  const page = await renderCompletion({ url: fault.url, headers: { Authorization: 'Bearer app' } })
  await expectSettled(page, page.completion.start('Hi'), complete)
  const { preflight, headers } = await fault.requested()
  expect(preflight).toEqual(['authorization', 'content-type'])
  expect(headers['authorization']).toBe('Bearer app')
})

test('cookies go to another origin only if the app opts in', async () => {
  setCookie('session=secret')
  const [byDefault, asked] = [await prepareWhole(), await prepareWhole()]

  const page = await renderCompletion({ url: onPageHost(byDefault.url) })
  await expectSettled(page, page.completion.start('Hi'), complete)
  expect((await byDefault.requested()).headers).not.toHaveProperty('cookie')

  const second = await renderCompletion({ url: onPageHost(asked.url), credentials: 'include' })
  await expectSettled(second, second.completion.start('Hi'), complete)
  expect((await asked.requested()).headers['cookie']).toContain('session=secret')
})

test('a response that CORS blocks is a network error of the phase connect', async () => {
  const fault = await prepareFault(
    head(200, {
      'content-type': 'text/event-stream',
      'access-control-allow-origin': 'https://elsewhere.example',
    }),
    write(chat.whole(['Hello'])),
    end,
  )
  const page = await renderCompletion({ url: fault.url })
  const result = await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text: '',
    error: { kind: 'network', phase: 'connect', status: undefined },
  })
  // Browsers show the reason only in the console.
  expect(result.error?.message).toMatch(/^Could not reach the server/)
  expect((await fault.requested()).method).toBe('POST')
})

test('an error response that CORS blocks does not reveal its status', async () => {
  const fault = await prepareFault(
    head(401, { 'access-control-allow-origin': 'https://elsewhere.example' }),
    end,
  )
  const page = await renderCompletion({ url: fault.url })
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'error',
    text: '',
    error: { kind: 'network', phase: 'connect', status: undefined },
  })
})
