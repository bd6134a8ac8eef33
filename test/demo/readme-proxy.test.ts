import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readCompletion } from '../../src/core.ts'
import { startUpstream, type Upstream } from '../../stories/server/upstream/upstream.ts'
import { readmeSnippets, root } from '../support/readme-snippets.ts'

type Handler = (request: Request) => Promise<Response>

/** Writes the README's proxy, unchanged, to a module and imports it. */
async function importProxy(directory: string): Promise<Handler> {
  const snippet = readmeSnippets().find(({ code }) => code.includes('export async function POST'))
  const { outputText } = ts.transpileModule(snippet?.code ?? '', {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  })
  const path = join(directory, 'proxy.mjs')
  await writeFile(path, outputText)
  const { POST } = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { POST: Handler }
  return POST
}

function ask(input: string, signal?: AbortSignal): Request {
  const body = JSON.stringify({ input })
  return new Request('http://localhost/api/completion', {
    method: 'POST',
    body,
    ...(signal && { signal }),
  })
}

describe("the README's proxy", () => {
  let upstream: Upstream
  let directory: string
  let proxy: Handler

  beforeAll(async () => {
    upstream = await startUpstream({ apiKey: 'a-key', speed: 20 })
    vi.stubEnv('OPENAI_API_KEY', 'a-key')
    vi.stubEnv('OPENAI_BASE_URL', upstream.baseURL)
    // Inside the project, so that the module finds its packages.
    directory = await mkdtemp(join(root, 'node_modules', '.readme-'))
    proxy = await importProxy(directory)
  })

  afterAll(async () => {
    vi.unstubAllEnvs()
    await upstream.close()
    await rm(directory, { recursive: true, force: true })
  })

  it('streams an answer to its proper end', async () => {
    const { status, text } = await readCompletion(
      proxy(ask('In one sentence: why is the sky blue?')),
    ).result
    expect(status).toBe('complete')
    expect(text).toContain('sky')
  })

  it("forwards the provider's errors, with their status and message", async () => {
    const { error } = await readCompletion(proxy(ask('Rate limit me'))).result
    expect(error).toMatchObject({ kind: 'http', status: 429 })
    expect(error?.message).toMatch(/too many tokens a minute/i)
  })

  it('stops the model when the browser aborts', async () => {
    const controller = new AbortController()
    const reading = readCompletion(proxy(ask('Tell me everything you know', controller.signal)))
    for await (const { text } of reading) if (text !== '') break
    controller.abort()
    const request = upstream.requests.at(-1)
    await request?.settled
    expect(request?.outcome).toBe('closed-by-client')
  })
})
