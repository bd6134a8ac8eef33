/** Tests the chat of examples/chat in a browser. Its page is at `url`, and its server can be restarted. */
import { setTimeout as delay } from 'node:timers/promises'

/**
 * @param {object} chat
 * @param {string} chat.url
 * @param {import('playwright').Browser} chat.browser
 * @param {{ requests: { method: string, path: string }[] }} chat.upstream
 * @param {{ stop: () => void, start: () => Promise<void> }} chat.server
 * @param {(holds: boolean, name: string, found?: unknown) => void} chat.check
 */
export async function testChat({ url, browser, upstream, server, check }) {
  const page = await browser.newPage()
  const complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(url)

  const status = (words) =>
    page.getByRole('status').filter({ hasText: words }).waitFor({ timeout: 20_000 })
  const lastText = async () => (await page.locator('.assistant .text').last().textContent()) ?? ''
  const sent = (method, pattern) =>
    upstream.requests.filter((each) => each.method === method && pattern.test(each.path)).length
  const posts = () => sent('POST', /responses$/)
  async function ask(words) {
    await page.getByLabel('Message').fill(words)
    await page.getByRole('button', { name: 'Send' }).click()
  }
  async function someText() {
    await status('streaming')
    for (let attempt = 0; attempt < 400; attempt++) {
      const text = await lastText()
      if (text.length > 40) return text
      await delay(25)
    }
    throw new Error('No text arrived.')
  }

  const kyoto = 'Plan three days in Kyoto'
  await ask(kyoto)
  const beforeReload = await someText()
  await page.reload()
  await status('complete')
  const whole = await lastText()
  check(
    whole.startsWith(beforeReload.slice(0, 40)) && whole.length > beforeReload.length,
    'chat: an answer continues after a reload',
    [beforeReload, whole],
  )
  check(posts() === 1 && sent('GET', /resp_/) >= 1, 'chat: and is not requested again', posts())

  await page.getByRole('button', { name: 'Regenerate' }).click()
  await someText()
  await page.goto('about:blank')
  await page.goBack()
  await status('complete')
  check((await lastText()) === whole, 'chat: it continues after a visit to another page')

  await ask(kyoto)
  await someText()
  await page.getByRole('button', { name: 'Stop' }).click()
  await status('aborted')
  const stopped = await lastText()
  for (let attempt = 0; attempt < 80 && sent('POST', /cancel$/) === 0; attempt++) await delay(25)
  check(sent('POST', /cancel$/) === 1, 'chat: Stop cancels the response at the provider')
  check(stopped.length > 40 && stopped.length < whole.length, 'chat: and keeps the text', stopped)
  await page.reload()
  await status('aborted')
  check((await lastText()) === stopped, 'chat: a stopped answer stays stopped after a reload')

  await page.getByLabel('look up').check()
  await ask('The forecast for Lisbon?')
  await page.locator('.call[data-status=complete]').waitFor({ timeout: 20_000 })
  await status('complete')
  check(
    (await lastText()).includes('I looked it up'),
    'chat: the model receives the output of a tool',
  )

  const calls = page.locator('.call')
  const before = await calls.count()
  await ask('And the forecast for Nairobi?')
  await page.locator('.call[data-status=running]').waitFor({ timeout: 20_000 })
  server.stop()
  await page.getByRole('alert').waitFor({ timeout: 20_000 })
  await status('error')
  const outcome = await calls.last().getAttribute('data-status')
  check(
    outcome === 'complete',
    'chat: a tool that ran while the server died has its output',
    outcome,
  )
  await server.start()
  await page.getByRole('button', { name: 'Regenerate' }).last().click()
  await status('complete')
  check(
    (await lastText()).includes('Nairobi') && (await calls.count()) === before + 1,
    'chat: and is not run again once the server is back',
    await lastText(),
  )
  check(complaints.length === 0, 'chat: the page throws no errors', complaints)
  if (process.env.SCREENSHOTS) {
    await page.screenshot({ path: `${process.env.SCREENSHOTS}/example-chat.png`, fullPage: true })
  }
  await page.close()
}
