import { useStreamingCompletion, type PublishMode } from '../../src/index.ts'
import type { ShownAnswer, UseAnswer } from '../page/contestant.ts'

export const useAnswer: UseAnswer = (url) => useOurs(url, 'frame')

export function useOurs(url: string, publish: PublishMode): ShownAnswer {
  const { text, status, start } = useStreamingCompletion({ url, publish })
  return {
    text,
    finished: status === 'complete' || status === 'error' || status === 'aborted',
    start: () => {
      void start({ input: 'Write.', stream: true })
    },
  }
}
