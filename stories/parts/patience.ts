/** A stream takes as long as it takes; a condition that never comes true still has to end. */
export const patience = { timeout: 12_000, interval: 16 }
