import type { Plugin } from 'vite'
import { completionProxy } from './completion-proxy.ts'
import { allowedHostsOf, connectProvider } from './provider.ts'
import type { Provider, ProviderOptions } from './provider.ts'

/** Adds the proxy to a Vite server: Storybook's, Vitest's, or the preview of a build. */
export function completionProxyPlugin(options: ProviderOptions): Plugin {
  let provider: Promise<Provider> | undefined
  // Created on the first request: Vite also sets up servers that never get one.
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
