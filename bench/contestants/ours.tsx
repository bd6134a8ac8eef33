import { useStreamingCompletion } from '../../src/index.ts'
import type { UseAnswer } from '../page/contestant.ts'

export const useAnswer: UseAnswer = (url) => {
  const { text, status, start } = useStreamingCompletion({ url })
  return {
    text,
    finished: status === 'complete' || status === 'error' || status === 'aborted',
    start: () => {
      void start({ input: 'Write.', stream: true })
    },
  }
}
