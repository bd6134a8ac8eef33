export interface Suggestion {
  readonly label: string
  readonly prompt: string
  readonly lang?: string
}

export const questions: readonly Suggestion[] = [
  { label: 'Reading a stream', prompt: 'How do I read a streamed response with fetch?' },
  { label: 'Three days in Kyoto', prompt: 'Plan three days in Kyoto in late autumn' },
  { label: '空はなぜ青い', prompt: '空はなぜ青いのですか', lang: 'ja' },
  { label: 'قصة القهوة', prompt: 'ما قصة القهوة العربية؟', lang: 'ar' },
  { label: 'A family in emoji', prompt: 'Tell me a family story with emoji 👨‍👩‍👧‍👦' },
  { label: 'A very long answer', prompt: 'Tell me everything you know, at length' },
]

/** Prompts for faults of the embedded upstream. A real model answers them like any prompt. */
export const mishaps: readonly Suggestion[] = [
  { label: 'Refusal', prompt: 'Please refuse this request' },
  { label: 'Token limit', prompt: 'Explain how to bake bread, and hit the token limit' },
  { label: 'Rate limit', prompt: 'Rate limit me, please' },
  { label: 'Error mid-answer', prompt: 'Fail in the middle of the answer' },
  { label: 'Cut connection', prompt: 'Cut the connection halfway' },
]
