/** How long a test waits for a condition, also on a busy machine. */
export const patience = { timeout: 12_000, interval: 16 }
