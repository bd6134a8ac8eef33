/** Serves a folder as any host of static files does, from a free port of the loopback interface. */
export function serveFolder(
  folder: string,
  headers?: Record<string, string>,
): Promise<{ url: string; close: () => Promise<void> }>
