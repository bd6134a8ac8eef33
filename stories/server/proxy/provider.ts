import { randomUUID } from 'node:crypto'
import { OpenAI } from 'openai'
import { startUpstream } from '../upstream/upstream.ts'
import type { Upstream } from '../upstream/upstream.ts'

export interface ProviderOptions {
  /** Contains the key, `OPENAI_BASE_URL` and `DEMO_ALLOWED_HOSTS`. */
  env: Readonly<Record<string, string | undefined>>
  /** The speed and seed of the embedded upstream. */
  seed?: number | undefined
  speed?: number | undefined
}

/** The source of completions: OpenAI, or the upstream embedded in this process. */
export interface Provider {
  readonly client: OpenAI
  /** `undefined` if OpenAI answers. */
  readonly upstream: Upstream | undefined
}

/** The hosts in `DEMO_ALLOWED_HOSTS`, separated by commas. */
export function allowedHostsOf({ env }: Pick<ProviderOptions, 'env'>): string[] {
  const hosts = (env['DEMO_ALLOWED_HOSTS'] ?? '').split(',')
  return hosts.map((host) => host.trim().toLowerCase()).filter((host) => host !== '')
}

/** With a key, requests go to OpenAI; without one, to the embedded upstream. */
export async function connectProvider(options: ProviderOptions): Promise<Provider> {
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL: baseURL } = options.env
  // The page decides about retries, so the SDK must not retry.
  if (key) {
    const client = new OpenAI({ apiKey: key, baseURL: baseURL || null, maxRetries: 0 })
    return { client, upstream: undefined }
  }
  const apiKey = `sk-embedded-${randomUUID()}`
  const upstream = await startUpstream({ apiKey, seed: options.seed, speed: options.speed })
  const client = new OpenAI({ apiKey, baseURL: upstream.baseURL, maxRetries: 0 })
  return { client, upstream }
}
