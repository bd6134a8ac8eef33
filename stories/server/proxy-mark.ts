import { proxyMeta } from '../connection/answering.ts'

/** The meta element that tells a page who answers its requests. */
export function proxyMark({ OPENAI_API_KEY: key }: Readonly<Record<string, string | undefined>>) {
  return `<meta name="${proxyMeta}" content="${key ? 'openai' : 'scripted'}" />`
}
