import { useCompletion } from '@ai-sdk/react'
import type { ShownAnswer, UseAnswer } from '../page/contestant.ts'

export const useAnswer: UseAnswer = (url) => useAiSdk(url, undefined)

/** `useCompletion` with its own throttle, in milliseconds, or without. */
export function useAiSdk(url: string, throttle: number | undefined): ShownAnswer {
  const { completion, complete, isLoading } = useCompletion({
    api: url,
    streamProtocol: 'data',
    ...(throttle === undefined ? {} : { throttle }),
  })
  return {
    text: completion,
    finished: completion !== '' && !isLoading,
    start: () => {
      void complete('Write.')
    },
  }
}
