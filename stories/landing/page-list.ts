/** An entry of Storybook's `index.json`. */
export interface IndexEntry {
  readonly id: string
  readonly title: string
  readonly type: string
  readonly tags: readonly string[]
}

export interface PageLink {
  readonly href: string
  readonly name: string
}

export interface PageList {
  readonly stories: readonly PageLink[]
  readonly docs: readonly PageLink[]
}

/** The pages of the sidebar in its order: a link for each title, to its first story. */
export function pageList(entries: readonly IndexEntry[]): PageList {
  const titles = new Map<string, IndexEntry>()
  for (const entry of entries) {
    if (entry.tags.includes('dev') && !titles.has(entry.title)) titles.set(entry.title, entry)
  }
  const links = [...titles.values()].map(({ id, title, type }) => ({
    href: `./?path=/${type}/${id}`,
    name: title.replace(/^Docs\//, ''),
    isDocs: type === 'docs',
  }))
  return {
    stories: links.filter(({ isDocs }) => !isDocs),
    docs: links.filter(({ isDocs }) => isDocs),
  }
}
