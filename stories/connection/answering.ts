/** The name of the meta element in which a server with the demo's proxy states which model answers. */
export const proxyMeta = 'demo-proxy'

/**
 * What answers the requests of this page: OpenAI or the scripted model behind the demo's proxy, or the
 * page itself, if it is served as plain files without a proxy.
 */
export type Answering = 'openai' | 'scripted' | 'page'

export function whoAnswers(): Answering {
  // The landing page is prerendered, for a host of plain files.
  if (typeof document === 'undefined') return 'page'
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="${proxyMeta}"]`)
  if (meta) return meta.content === 'openai' ? 'openai' : 'scripted'
  // Vitest serves the stories with the proxy, but without Storybook's head.
  return import.meta.env.DEV ? 'scripted' : 'page'
}
