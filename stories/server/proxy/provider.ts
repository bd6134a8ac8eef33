import { randomUUID } from 'node:crypto'
import { OpenAI } from 'openai'
import { startUpstream } from '../upstream/upstream.ts'
import type { Upstream } from '../upstream/upstream.ts'

export interface ProviderOptions {
  /** Where the key, `OPENAI_BASE_URL` and `DEMO_ALLOWED_HOSTS` are looked for. */
  env: Readonly<Record<string, string | undefined>>
  /** How fast and how repeatable the embedded upstream is. */
  seed?: number | undefined
  speed?: number | undefined
}

/** Where completions come from: OpenAI, or the upstream embedded in this process. */
export interface Provider {
  readonly client: OpenAI
  /** `undefined` while OpenAI answers. */
  readonly upstream: Upstream | undefined
}

/** The hosts that `DEMO_ALLOWED_HOSTS` lists, separated by commas. */
export function allowedHostsOf({ env }: Pick<ProviderOptions, 'env'>): string[] {
  const hosts = (env['DEMO_ALLOWED_HOSTS'] ?? '').split(',')
  return hosts.map((host) => host.trim().toLowerCase()).filter((host) => host !== '')
}

/** With a key the requests go to OpenAI; without one they go to the embedded upstream. Nothing else differs. */
export async function connectProvider(options: ProviderOptions): Promise<Provider> {
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL: baseURL } = options.env
  // The page is to see what the API said, so the SDK must not try again by itself.
  if (key) {
    const client = new OpenAI({ apiKey: key, baseURL: baseURL || null, maxRetries: 0 })
    return { client, upstream: undefined }
  }
  const apiKey = `sk-embedded-${randomUUID()}`
  const upstream = await startUpstream({ apiKey, seed: options.seed, speed: options.speed })
  const client = new OpenAI({ apiKey, baseURL: upstream.baseURL, maxRetries: 0 })
  return { client, upstream }
}
