/** The name of the meta element by which a server with the demo's proxy says which model answers. */
export const proxyMeta = 'demo-proxy'

/**
 * Who answers the requests of this page: OpenAI or the scripted model behind the demo's proxy, or the
 * page itself where it is served without a proxy, as plain files.
 */
export type Answering = 'openai' | 'scripted' | 'page'

export function whoAnswers(): Answering {
  const meta = document.querySelector<HTMLMetaElement>(`meta[name="${proxyMeta}"]`)
  if (meta) return meta.content === 'openai' ? 'openai' : 'scripted'
  // Vitest serves the stories together with the proxy, and without Storybook's head.
  return import.meta.env.DEV ? 'scripted' : 'page'
}
