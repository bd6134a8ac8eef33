import type { Plugin } from 'vite'
import { completionProxy } from './completion-proxy.ts'
import { allowedHostsOf, connectProvider } from './provider.ts'
import type { Provider, ProviderOptions } from './provider.ts'

/** Puts the proxy into Vite's server: Storybook's own, Vitest's, or the preview of a build. */
export function completionProxyPlugin(options: ProviderOptions): Plugin {
  let provider: Promise<Provider> | undefined
  // Not before the first request: Vite also sets up servers that no page ever asks.
  const proxy = completionProxy(() => (provider ??= connectProvider(options)), {
    allowedHosts: allowedHostsOf(options),
  })
  return {
    name: 'use-streaming-completion:proxy',
    configureServer: (server) => void server.middlewares.use(proxy),
    configurePreviewServer: (server) => void server.middlewares.use(proxy),
    async closeBundle() {
      const connected = await provider
      provider = undefined
      await connected?.upstream?.close()
    },
  }
}
