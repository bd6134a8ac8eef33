import { createContext, use, type ReactNode } from 'react'
import { useCompletion, type Completion } from 'use-streaming-completion'
import { useConnection } from '../connection/connection.tsx'

const AnswerContext = createContext<Completion<object> | null>(null)

/** One completion for all components in it. It ends with the provider, not with any of them. */
export function AnswerProvider({ children }: { children: ReactNode }) {
  const { fetch } = useConnection()
  const completion = useCompletion<object>({ url: '/api/responses', fetch })
  return <AnswerContext value={completion}>{children}</AnswerContext>
}

export function useAnswer(): Completion<object> {
  const completion = use(AnswerContext)
  if (!completion) throw new Error('This needs an AnswerProvider around it.')
  return completion
}
