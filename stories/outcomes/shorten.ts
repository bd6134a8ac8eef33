/** Shortens a message to fit into a cell, between words where there are any. */
export function shorten(message: string): string {
  if (message.length <= most) return message
  const cut = message.slice(0, most)
  const space = cut.lastIndexOf(' ')
  return `${cut.slice(0, space > most / 2 ? space : most)} …`
}

const most = 110
