/**
 * The page of an answer that tabs share. Bundled by `shared-app.ts`. With `?frames`, it contains three tabs as
 * frames, for a browser that can only open one page.
 */
import {
  broadcast,
  checkpointStore,
  createCompletion,
  resumable,
} from 'use-streaming-completion/core'

const completion = broadcast(
  'answer',
  createCompletion<string>({
    url: '/responses',
    resume: resumable({
      url: ({ responseId }) => `/responses/${responseId}`,
      cancel: ({ responseId }) => `/responses/${responseId}/cancel`,
      store: checkpointStore('answer'),
    }),
  }),
)

function run() {
  const show = () => {
    const { status, text, error, abortReason } = completion.getState()
    document.title = JSON.stringify({ status, text, kind: error?.kind, abortReason })
  }
  completion.subscribe(show)
  show()
  void completion.restore()
  Object.assign(window, { completion })
}

interface TabWindow extends Window {
  readonly completion: typeof completion
}

async function runFrames() {
  const open = async () => {
    const frame = document.createElement('iframe')
    frame.src = '/'
    document.body.append(frame)
    await new Promise((resolve) => frame.addEventListener('load', resolve))
    const { contentWindow } = frame
    return { frame, completion: (contentWindow as unknown as TabWindow).completion }
  }
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const [first, second] = [await open(), await open()]
  void first.completion.start('Hi')
  await until(() => second.completion.getState().text !== '')
  const third = await open()
  await until(() => third.completion.getState().text !== '')
  first.frame.remove()
  const others = [second, third]
  await until(() => others.every((tab) => tab.completion.getState().status === 'complete'))
  await fetch('/report', {
    method: 'POST',
    body: JSON.stringify(others.map((tab) => tab.completion.getState().text)),
  })
}

if (new URLSearchParams(location.search).has('frames')) void runFrames()
else run()
