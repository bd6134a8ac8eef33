import { resolve } from 'node:path'
import { listen, type Listening } from './listen.ts'
import { completionProxy } from './proxy/completion-proxy.ts'
import { allowedHostsOf, connectProvider } from './proxy/provider.ts'
import type { Provider, ProviderOptions } from './proxy/provider.ts'
import { proxyMark } from './proxy-mark.ts'
import { sendFile } from './send-file.ts'

export type ServedDemo = Provider & Listening

/** Serves the built Storybook together with the proxy, from a free port of the loopback interface. */
export async function serveDemo(
  options: ProviderOptions & { directory?: string },
): Promise<ServedDemo> {
  const provider = await connectProvider(options)
  const proxy = completionProxy(() => Promise.resolve(provider), {
    allowedHosts: allowedHostsOf(options),
  })
  const directory = resolve(options.directory ?? 'storybook-static')
  const mark = proxyMark(options.env)
  const { url, close } = await listen((request, response) => {
    proxy(request, response, () => void sendFile(directory, request, response, mark))
  })
  return {
    ...provider,
    url,
    async close() {
      await close()
      await provider.upstream?.close()
    },
  }
}
