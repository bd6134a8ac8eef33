import { renderToStaticMarkup } from 'react-dom/server'
import { prerender } from 'react-dom/static'
import { tokensAsCss } from '../theme/tokens.ts'
import { Landing } from './landing.tsx'
import { pageList, type IndexEntry } from './page-list.ts'
import { Sidebar } from './sidebar.tsx'

export interface Prerendered {
  /** The contents of `body`. */
  readonly html: string
  /** The colours and fonts; the other styles are in the bundle. */
  readonly css: string
}

/** Renders the landing page to HTML. */
export async function prerenderLanding(entries: readonly IndexEntry[]): Promise<Prerendered> {
  const { prelude } = await prerender(<Landing />)
  const page = await new Response(prelude).text()
  const sidebar = renderToStaticMarkup(<Sidebar pages={pageList(entries)} />)
  return { html: `${sidebar}<main>${page}</main>`, css: tokensAsCss() }
}
