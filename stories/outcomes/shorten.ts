/** Shortens a message to fit into a cell. */
export const shorten = (message: string): string =>
  message.length > 90 ? `${message.slice(0, 90)}…` : message
