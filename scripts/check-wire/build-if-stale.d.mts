export function buildIfStale(root: string, entry: string): Promise<void>
