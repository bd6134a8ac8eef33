/** The marker that ends the streams of the Completions APIs and of many proxies. */
export function isDoneMarker(data: string): boolean {
  return /^\s*"?\[done\]"?\s*$/i.test(data)
}
