import results from '../../bench/RESULTS.md?raw'
import { CopyButton } from '../parts/copy-button.tsx'
import '../parts/markdown.css'
import '../parts/parts.css'
import { figuresOf } from './figures.ts'
import './introduction.css'
import { LazyRace } from './lazy-race.tsx'
import { LiveExample } from './live-example.tsx'

const install = 'npm install use-streaming-completion'

const next = [
  ['docs/docs-getting-started--docs', 'Getting started', 'page, proxy and outcome in three steps'],
  ['story/playground--default', 'Playground', 'send your own prompt'],
  ['story/outcomes--default', 'Outcomes', 'every way a stream can end'],
  ['story/comparison--default', 'Comparison', 'the same streams, read by four libraries'],
  ['story/stream-inspector--live', 'Stream inspector', 'events, bytes and commits over time'],
  ['docs/docs-migration--docs', 'Migration', 'from the AI SDK or your own fetch'],
] as const

/** The first page: what the package does, a live example, the comparison, and where to go next. */
export function Introduction() {
  return (
    <div className="page introduction">
      <header>
        <h1>use-streaming-completion</h1>
        <p className="introduction-sentence">
          React hooks that stream model completions and report how each one ended:{' '}
          <strong>a truncated answer never looks finished.</strong>
        </p>
        <div className="install">
          <code>{install}</code>
          <CopyButton text={install} />
        </div>
      </header>
      <LiveExample />
      <LazyRace />
      <Figures />
      <nav aria-labelledby="next-title" className="next">
        <h2 id="next-title">Where to go next</h2>
        <ul>
          {next.map(([path, name, about]) => (
            <li key={path}>
              <a href={`./?path=/${path}`} target="_parent">
                {name}
              </a>
              : {about}
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}

function Figures() {
  return (
    <section aria-labelledby="figures-title" className="figures">
      <h2 id="figures-title">Measured</h2>
      <ul>
        {figuresOf(results).map(({ value, meaning }) => (
          <li key={meaning} className="card">
            <a href="./?path=/docs/docs-benchmark--docs" target="_parent">
              {value}
            </a>{' '}
            {meaning}
          </li>
        ))}
      </ul>
      <p>
        Chromium, one run of <code>npm run bench</code>:{' '}
        <a href="./?path=/docs/docs-benchmark--docs" target="_parent">
          all results, including missed targets
        </a>
      </p>
    </section>
  )
}
