import { commitsSoFar } from './count-commits.ts'
import type { ReadAnswer } from './contestant.ts'
import { checkShown } from './check.ts'
import type { PageRequest } from './protocol.ts'
import { createRecorder, offer } from './recorder.ts'
import { watchKeys } from './typing.ts'

/** A page without React: each answer is read, and written into the document once. */
export function mountFloor(readAnswer: ReadAnswer) {
  const request = JSON.parse(decodeURIComponent(location.hash.slice(1))) as PageRequest
  const recorder = createRecorder(request)
  const root = document.getElementById('root')!
  const input = document.createElement('input')
  root.append(input)
  const outputs = request.urls.map((url, index) => {
    const output = document.createElement('pre')
    root.append(output)
    recorder.onReady(() => {
      void readAnswer(url, request.format).then((text) => {
        output.textContent = text
        recorder.onShown(index, text.length, true)
      })
    })
    return output
  })
  offer({
    ...recorder,
    commits: commitsSoFar,
    check: () =>
      checkShown(
        request,
        outputs.map((output) => output.textContent),
      ),
    keyLatencies: watchKeys(),
    navigate: () => Promise.reject(new Error('This page has no other page.')),
  })
}
