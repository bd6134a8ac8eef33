import { createRequire } from 'node:module'
import type { Page } from 'playwright'

const script = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface Found {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** The violations that axe finds on a page with all of its rules. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: script })
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: Found[] }> }
    }
    // Storybook's own check may be running, and axe allows only one at a time.
    const run = async (): Promise<{ violations: Found[] }> => {
      try {
        return await axe.run()
      } catch (error) {
        if (!String(error).includes('already running')) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
        return run()
      }
    }
    const { violations } = await run()
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  })
}
