/** The name of the meta element by which a server of the built stories says that it has a proxy. */
export const proxyMark = 'demo-proxy'

/** Whether the page was served together with the demo's proxy, as by `npm run demo`. */
export function hasProxy(): boolean {
  return import.meta.env.DEV || document.querySelector(`meta[name="${proxyMark}"]`) !== null
}
