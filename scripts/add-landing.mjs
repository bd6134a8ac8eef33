/**
 * Adds a landing page to a built Storybook: the Introduction, prerendered, at the URL without a query.
 * Storybook itself, more than a megabyte of JavaScript, starts only at the URLs of its pages:
 *
 *     node scripts/add-landing.mjs storybook-static
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const [, , directory] = process.argv
if (!directory) throw new Error('Pass the folder of a built Storybook.')

const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url))

/** @type {import('vite').InlineConfig} */
const config = {
  configFile: false,
  root: pathOf('..'),
  base: './',
  logLevel: 'warn',
  plugins: [react()],
  resolve: { tsconfigPaths: true },
}

const title = 'use-streaming-completion: React hooks for streamed model completions'
const description =
  'React hooks that stream model completions and report how each one ended: a truncated answer never looks finished.'

/** Bundles the script and the styles of the page. */
async function bundle() {
  const { output } = await build({
    ...config,
    build: {
      outDir: join(directory, 'landing'),
      assetsDir: '.',
      copyPublicDir: false,
      emptyOutDir: true,
      chunkSizeWarningLimit: 1000,
      cssCodeSplit: false,
      rollupOptions: { input: pathOf('../stories/landing/start.tsx') },
    },
  })
  const css = output.find(({ fileName }) => fileName.endsWith('.css'))
  const entry = output.find(({ isEntry }) => isEntry)
  return { css: String(css.source), script: `./landing/${entry.fileName}` }
}

/** Renders the page to HTML. */
async function prerender(entries) {
  // Beside the installed packages, which the bundle imports.
  const outDir = await mkdtemp(pathOf('../node_modules/.landing-'))
  try {
    const entry = pathOf('../stories/landing/prerender.tsx')
    await build({
      ...config,
      build: {
        ssr: entry,
        outDir,
        copyPublicDir: false,
        rollupOptions: { output: { entryFileNames: 'prerender.mjs' } },
      },
    })
    const { prerenderLanding } = await import(pathToFileURL(join(outDir, 'prerender.mjs')).href)
    return await prerenderLanding(entries)
  } finally {
    await rm(outDir, { recursive: true })
  }
}

async function addLanding() {
  const { entries } = JSON.parse(await readFile(join(directory, 'index.json'), 'utf8'))
  const { html, css } = await prerender(Object.values(entries))
  const bundled = await bundle()
  const page = join(directory, 'index.html')
  await writeFile(
    page,
    withLanding(await readFile(page, 'utf8'), {
      html,
      css: `${css}\n${bundled.css}`,
      script: bundled.script,
    }),
  )
}

/** Puts the landing page into Storybook's page, which starts Storybook only if the query names one of its pages. */
function withLanding(storybook, { html, css, script }) {
  const preloads = [...storybook.matchAll(/<link href="([^"]+)" rel="modulepreload" \/>/g)]
  const start = /<script type="module">([\s\S]+?)<\/script>/
  const manager = start.exec(storybook)?.[1]
  if (preloads.length === 0 || manager === undefined) {
    throw new Error('Storybook’s page has no script to start.')
  }
  const choose = `const isStorybook = /[?&](path|globals)=/.test(location.search)
      document.documentElement.dataset.view = isStorybook ? 'storybook' : 'landing'
      const add = (parent, name, properties) =>
        parent.append(Object.assign(document.createElement(name), properties))
      if (isStorybook) {
        for (const href of ${JSON.stringify(preloads.map(([, href]) => href))})
          add(document.head, 'link', { rel: 'modulepreload', href })
      }`
  const begin = `if (isStorybook) {
        for (const id of ['landing', 'landing-styles']) document.getElementById(id).remove()
        add(document.body, 'script', {
          type: 'module',
          textContent: document.getElementById('storybook-start').textContent,
        })
      } else add(document.body, 'script', { type: 'module', src: '${script}' })`
  return preloads
    .reduce((page, [link]) => page.replace(link, ''), storybook)
    .replace(
      /<title>.*<\/title>/,
      () => `<title>${title}</title>
    <meta name="description" content="${description}" />
    <script>
      ${choose}
    </script>
    <style>
      [data-view='storybook'] > body > #landing { display: none }
    </style>
    <style id="landing-styles">
${css}
    </style>`,
    )
    .replace('<body>', () => `<body>\n    <div id="landing">${html}</div>`)
    .replace(
      start,
      () => `<script type="text/plain" id="storybook-start">${manager}</script>
    <script>
      ${begin}
    </script>`,
    )
}

await addLanding()
