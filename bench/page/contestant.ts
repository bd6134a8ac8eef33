import type { ComponentType } from 'react'
import type { WireFormat } from '../server/wire-format.ts'

/** The interface of a contestant for a component: the text so far, and a function to start the stream. */
export interface ShownAnswer {
  text: string
  /** Whether the contestant reports the end of the stream. */
  finished: boolean
  start(): void
}

/** A contestant as a hook. */
export type UseAnswer = (url: string, format: WireFormat) => ShownAnswer

/** How an answer is displayed on the page. */
export type View = ComponentType<{ text: string; finished: boolean }>

/** A contestant without React: resolves with the text, which is shown once, at the end. */
export type ReadAnswer = (url: string, format: WireFormat) => Promise<string>
