import type { UseAnswer } from '../page/contestant.ts'
import { useOurs } from './ours.tsx'

export const useAnswer: UseAnswer = (url) => useOurs(url, { every: 50 })
