import type { UseAnswer } from '../page/contestant.ts'
import { useAiSdk } from './ai-sdk.tsx'

export const useAnswer: UseAnswer = (url) => useAiSdk(url, 50)
