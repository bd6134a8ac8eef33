/** When things happened in the current attempt, on the clock of `performance.now()`. */
export interface AttemptTimes {
  /** When its request was sent; `undefined` while no answer is awaited or read. */
  sentAt: number | undefined
  /** When the headers of its response arrived. */
  headAt: number | undefined
  /** When data last arrived or was read: a burst is read in slices. */
  activeAt: number
}
