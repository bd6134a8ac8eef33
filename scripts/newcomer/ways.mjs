/** The ways in which a new user may load the package. Each returns what the app has recorded. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { createProject, installNode, react, runNode } from './project.mjs'

const examples = fileURLToPath(new URL('../../examples', import.meta.url))
const versions = {
  jest: '30.5.2',
  vite: '8.3.8',
  next: '16.4.6',
  metro: '0.87.1',
  parcel: '2.16.4',
  webpack: '5.113.0',
  rspack: '2.3.4',
}

/** @typedef {{ work: string, tarball: string, open: (folder: string, options?: object) => Promise<object> }} Context */

/** CommonJS and ES modules in a version of Node. */
const inNode = (major) => async (context) => {
  const node = await installNode(context, major)
  const folder = await createProject(context, `node-${major}`, react)
  const code = `
    const { name, exports: subpaths } = require('use-streaming-completion/package.json')
    for (const subpath of Object.keys(subpaths)) {
      const required = require(name + subpath.slice(1))
      if (Object.keys(required).length === 0) throw new Error(subpath + ' is empty.')
    }
    import('./src/try-core.mjs').then(({ tryCore }) => tryCore()).then((seen) =>
      console.log(JSON.stringify({ version: process.versions.node, ...seen })))`
  await cp(join(folder, 'src/try-core.js'), join(folder, 'src/try-core.mjs'))
  await writeFile(join(folder, 'require.cjs'), code)
  return JSON.parse(runNode(['require.cjs'], { cwd: folder, node }))
}

async function inJest({ work, tarball }) {
  const context = { work, tarball }
  const { devDependencies } = JSON.parse(
    await readFile(join(examples, 'jest/package.json'), 'utf8'),
  )
  const packages = Object.entries(devDependencies).map(([name, version]) => `${name}@${version}`)
  const folder = await createProject(context, 'jest', [...react, ...packages])
  await cp(join(examples, 'jest'), folder, {
    recursive: true,
    filter: (path) => !/package(-lock)?\.json|node_modules/.test(path),
  })
  const jest = join(folder, 'node_modules/jest/bin/jest.js')
  runNode([jest], { cwd: folder })
  const modules = ['--experimental-vm-modules', jest, '--config', 'jest.esm.config.mjs']
  runNode(modules, { cwd: folder })
  runNode([jest, '--config', 'jest.ts-jest.config.mjs'], { cwd: folder })
  return { tests: 'passed' }
}

async function withVite(context, page = 'index.html', options = {}) {
  const folder = await createProject(context, 'vite', [...react, `vite@${versions.vite}`])
  await cp(join(folder, 'src', page), join(folder, 'src/index.html'), { force: true }).catch(
    () => {},
  )
  runNode([join(folder, 'node_modules/vite/bin/vite.js'), 'build', 'src'], { cwd: folder })
  return context.open(join(folder, 'src/dist'), options)
}

const withNext = (bundler) => async (context) => {
  const packages = [...react, `next@${versions.next}`]
  const folder = await createProject(context, `next-${bundler}`, packages)
  await mkdir(join(folder, 'app'))
  await writeFile(
    join(folder, 'app/layout.js'),
    `import { createElement } from 'react'
export default ({ children }) =>
  createElement('html', { lang: 'en' }, createElement('body', null, children))
`,
  )
  await writeFile(
    join(folder, 'app/page.js'),
    `'use client'
import { createElement } from 'react'
import { tryCore } from '../src/try-core.js'
import { Answer } from '../src/try-hook.js'

const onSettle = async (hook) => {
  globalThis.newcomer = { ...(await tryCore()), hook }
}
export default () => createElement(Answer, { onSettle })
`,
  )
  await writeFile(join(folder, 'next.config.mjs'), `export default { output: 'export' }`)
  const next = join(folder, 'node_modules/next/dist/bin/next')
  const env = { NEXT_TELEMETRY_DISABLED: '1' }
  runNode([next, 'build', `--${bundler}`], { cwd: folder, env })
  return context.open(join(folder, 'out'))
}

/** A bundle for Android as React Native builds it, run in Node, because no package contains Hermes. */
async function withMetro(context) {
  const node = await installNode(context, 22)
  const folder = await createProject(context, 'metro', [
    ...react,
    `metro@${versions.metro}`,
    `@react-native/metro-config@${versions.metro}`,
    `@react-native/metro-babel-transformer@${versions.metro}`,
    `@react-native/babel-preset@${versions.metro}`,
    '@babel/core@7',
  ])
  await writeFile(
    join(folder, 'index.js'),
    `import { useStreamingCompletion } from 'use-streaming-completion'
import { tryCore } from './src/try-core.js'

const hook = typeof require('use-streaming-completion').useStreamingCompletion
if (typeof useStreamingCompletion !== hook) throw new Error('require and import differ.')
tryCore().then((seen) => console.log(JSON.stringify(seen)))
`,
  )
  await writeFile(
    join(folder, 'bundle.cjs'),
    `const Metro = require('metro')
const { writeFileSync } = require('node:fs')
const { getDefaultConfig, mergeConfig } = require('@react-native/metro-config')

const config = mergeConfig(getDefaultConfig(__dirname), {
  projectRoot: __dirname,
  watchFolders: [__dirname],
  maxWorkers: 1,
  cacheStores: [],
  // React Native's own modules, which only an app of React Native has.
  serializer: { getModulesRunBeforeMainModule: () => [], getPolyfills: () => [] },
  transformer: {
    babelTransformerPath: require.resolve('@react-native/metro-babel-transformer'),
    asyncRequireModulePath: require.resolve('metro-runtime/src/modules/asyncRequire'),
  },
})
Metro.runBuild(config, { entry: 'index.js', platform: 'android', dev: false, minify: true }).then(
  ({ code }) => writeFileSync('bundle.js', code),
)
`,
  )
  runNode(['bundle.cjs'], { cwd: folder, node })
  return JSON.parse(runNode(['bundle.js'], { cwd: folder, node }))
}

async function withParcel(context) {
  const folder = await createProject(context, 'parcel', [...react, `parcel@${versions.parcel}`])
  const parcel = join(folder, 'node_modules/parcel/lib/bin.js')
  const options = ['--no-cache', '--dist-dir', 'out', '--public-url', '.']
  runNode([parcel, 'build', 'src/index.html', ...options], { cwd: folder })
  return context.open(join(folder, 'out'))
}

/** webpack, or a bundler with the same interface. */
const withWebpack = (name, packageName) => async (context) => {
  const folder = await createProject(context, name, [...react, `${packageName}@${versions[name]}`])
  await writeFile(
    join(folder, 'build.cjs'),
    `const bundler = require('${packageName}')
const { path } = { path: __dirname + '/out' }
const config = {
  mode: 'production',
  context: __dirname,
  entry: './src/page.js',
  output: { path, filename: 'page.js' },
  performance: { hints: false },
}
bundler(config, (error, stats) => {
  if (error) throw error
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true })
  for (const { message } of [...errors, ...warnings]) console.error(message)
  process.exit(errors.length + warnings.length)
})
`,
  )
  runNode(['build.cjs'], { cwd: folder })
  await cp(join(folder, 'src/index.html'), join(folder, 'out/index.html'))
  return context.open(join(folder, 'out'))
}

/** The published files unbundled. Only React is bundled, because it has no ES modules. */
async function withImportMap(context) {
  const folder = await createProject(context, 'import-map', react)
  const out = join(folder, 'out')
  const installed = join(folder, 'node_modules/use-streaming-completion')
  const {
    name,
    exports,
    dependencies = {},
  } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'))
  await cp(join(installed, 'dist'), join(out, 'dist'), { recursive: true })
  const imports = {}
  for (const [subpath, target] of Object.entries(exports)) {
    if (typeof target === 'object') imports[name + subpath.slice(1)] = target.default
  }
  for (const each of ['react', 'react-dom/client', ...Object.keys(dependencies)]) {
    const file = `${each.replaceAll('/', '-')}.js`
    const names = each.startsWith('react') ? await namesOf(folder, each) : undefined
    const contents = names
      ? `import all from '${each}'; export const { ${names} } = all; export default all`
      : `export * from '${each}'`
    await build({
      stdin: { contents, resolveDir: folder },
      bundle: true,
      format: 'esm',
      define: { 'process.env.NODE_ENV': '"production"' },
      external: each === 'react-dom/client' ? ['react'] : [],
      // React DOM requires React, which is a module here.
      banner: {
        js:
          each === 'react-dom/client'
            ? "import * as all from 'react'; const require = () => all;"
            : '',
      },
      outfile: join(out, file),
    })
    imports[each] = `./${file}`
  }
  for (const file of ['page.js', 'try-core.js', 'try-hook.js']) {
    await cp(join(folder, 'src', file), join(out, file))
  }
  const html = await readFile(join(folder, 'src/index.html'), 'utf8')
  const map = `<script type="importmap">${JSON.stringify({ imports })}</script>`
  await writeFile(join(out, 'index.html'), html.replace('<title>', `${map}<title>`))
  return context.open(out)
}

async function namesOf(folder, specifier) {
  const code = `console.log(Object.keys(require('${specifier}')).filter((name) => /^[a-z_]\\w*$/i.test(name)).join())`
  return runNode(['-e', code], { cwd: folder }).trim()
}

/** Forbids inline scripts and styles, `eval`, and strings that become scripts. */
const strictPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const nothing = 'nothing'

/** @type {{ name: string, version: string, needs: string, run: (context: Context) => Promise<object> }[]} */
export const ways = [
  ...[20, 22, 24, 26].map((major) => ({
    name: `Node: \`require\` and \`import\``,
    version: `${major}`,
    needs: nothing,
    run: inNode(major),
  })),
  {
    name: 'Jest: Babel, ES modules, ts-jest',
    version: versions.jest,
    needs: '[a config](testing.md)',
    run: inJest,
  },
  { name: 'Vite', version: versions.vite, needs: nothing, run: (context) => withVite(context) },
  {
    name: 'Next.js, Turbopack',
    version: versions.next,
    needs: nothing,
    run: withNext('turbopack'),
  },
  {
    name: 'Next.js, webpack',
    version: versions.next,
    needs: nothing,
    run: withNext('webpack'),
  },
  {
    name: 'Metro, for Android',
    version: versions.metro,
    needs: '[a `fetch` that streams](react-native.md)',
    run: withMetro,
  },
  { name: 'Parcel', version: versions.parcel, needs: nothing, run: withParcel },
  {
    name: 'webpack',
    version: versions.webpack,
    needs: nothing,
    run: withWebpack('webpack', 'webpack'),
  },
  {
    name: 'Rspack',
    version: versions.rspack,
    needs: nothing,
    run: withWebpack('rspack', '@rspack/core'),
  },
  {
    name: 'An import map, no bundler',
    version: 'Chromium',
    needs: 'React as a module',
    run: withImportMap,
  },
  {
    name: 'A module Web Worker, from Vite',
    version: versions.vite,
    needs: '`core` alone',
    run: (context) => withVite(context, 'worker.html'),
  },
  {
    name: 'A strict Content Security Policy, with Trusted Types',
    version: 'Chromium',
    needs: nothing,
    run: (context) => withVite(context, 'index.html', { 'content-security-policy': strictPolicy }),
  },
]
