import type { PageLink, PageList } from './page-list.ts'

/** Links to all pages. On a small screen, a button opens them. It works without a script. */
export function Sidebar({ pages }: { pages: PageList }) {
  const [introduction, ...stories] = pages.stories
  return (
    <>
      <nav id="pages" className="sidebar" aria-label="Pages" popover="auto">
        <p className="sidebar-brand">
          <a href="./">use-streaming-completion</a>
        </p>
        <ul>
          <li>
            <a href="./" aria-current="page">
              {introduction?.name}
            </a>
          </li>
          <Links links={stories} />
        </ul>
        <h2>Docs</h2>
        <ul>
          <Links links={pages.docs} />
        </ul>
      </nav>
      <div className="sidebar-bar">
        <button type="button" popoverTarget="pages">
          <span aria-hidden="true">☰</span> All pages
        </button>
      </div>
    </>
  )
}

function Links({ links }: { links: readonly PageLink[] }) {
  return links.map(({ href, name }) => (
    <li key={href}>
      <a href={href}>{name}</a>
    </li>
  ))
}
