import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface BuiltPage {
  readonly id: string
  readonly title: string
  readonly name: string
  readonly type: 'story' | 'docs'
  readonly tags: readonly string[]
}

/** The pages in the sidebar of a built Storybook. */
export async function pagesOf(directory: string): Promise<BuiltPage[]> {
  const index = JSON.parse(await readFile(join(directory, 'index.json'), 'utf8')) as {
    entries: Record<string, BuiltPage>
  }
  return Object.values(index.entries).filter(({ tags }) => tags.includes('dev'))
}
