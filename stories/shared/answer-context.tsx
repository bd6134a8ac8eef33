import { createContext, use, type ReactNode } from 'react'
import { useCompletion, type Completion } from 'use-streaming-completion'
import { useConnection } from '../connection/connection.tsx'

const AnswerContext = createContext<Completion<object> | null>(null)

/** Shares one completion with all components below it. The run ends when the provider unmounts. */
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
