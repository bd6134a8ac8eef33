/**
 * The page that is left in mid-stream and shown again. It controls itself, and reports its events to its
 * server. Bundled by `visit.ts`.
 */
import { createCompletion, resumable } from 'use-streaming-completion/core'

/** A report of the page to its server. `left`: whether the page had been left before. */
export type Report =
  | { event: 'finish'; status: string; kind: string | undefined; left: boolean }
  | { event: 'restored' }
  | { event: 'loaded again' }
  | { event: 'settled'; status: string; kind: string | undefined; text: string; attempt: number }

const parameters = new URLSearchParams(location.search)
let left = false

function report(message: Report) {
  void fetch('/report', { method: 'POST', body: JSON.stringify(message), keepalive: true })
}

function leave() {
  sessionStorage.setItem('left', 'yes')
  location.href = parameters.get('to') ?? ''
}

function run() {
  const completion = createCompletion<string>({
    url: '/stream',
    ...(parameters.has('resume') ? { resume: resumable({ url: () => '/stream' }) } : {}),
    onFinish: ({ status, error }) => {
      report({ event: 'finish', status, kind: error?.kind, left })
    },
  })
  addEventListener('pagehide', () => (left = true))
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) report({ event: 'restored' })
  })
  const unsubscribe = completion.subscribe(() => {
    if (completion.getState().text === '') return
    unsubscribe()
    leave()
  })
  void completion.start('Hello').then(({ status, error, text, attempt }) => {
    report({ event: 'settled', status, kind: error?.kind, text, attempt })
  })
}

if (sessionStorage.getItem('left')) report({ event: 'loaded again' })
// A navigation while the page loads would replace it in the history.
else addEventListener('load', () => setTimeout(run, 100))
