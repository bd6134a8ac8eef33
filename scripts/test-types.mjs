/**
 * Checks an app against the built types with each supported version of TypeScript and each module resolution,
 * from ES modules and from CommonJS, and with the types of React 18 and 19:
 *
 *     node scripts/test-types.mjs
 */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildIfStale } from './package/build-if-stale.mjs'
import { ensureInstalled } from './ensure-installed.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = new URL('../test/typescript/', import.meta.url)
const pathOf = (path) => fileURLToPath(new URL(path, folder))

const compilers = ['5.4', '5.6', '5.9', '6.0', '7.0']
const bundler = { module: 'esnext', moduleResolution: 'bundler' }
const node16 = { module: 'node16', moduleResolution: 'node16' }
const nodenext = { module: 'nodenext', moduleResolution: 'nodenext' }
/** The resolution from before `exports`, which many tsconfig.json files still use. */
const node10 = { module: 'esnext', moduleResolution: 'node10' }
const es = 'module'
const commonJs = 'commonjs'

/** For the types of each version of React: the module resolutions and module kinds, for all compilers or some. */
const reacts = {
  18: [
    { resolution: bundler, type: es },
    { resolution: node16, type: es },
    { resolution: node10, type: es, compilers: ['5.4', '6.0'] },
  ],
  19: [
    { resolution: bundler, type: es },
    { resolution: nodenext, type: es },
    // TypeScript 5.8 and later support that Node can require an ES module.
    { resolution: nodenext, type: commonJs, compilers: ['5.9', '7.0'] },
  ],
}

/** An empty project in which the package is installed as npm would install it. */
async function makeApp(react) {
  const app = await mkdtemp(join(tmpdir(), 'types-'))
  const installed = join(app, 'node_modules/use-streaming-completion')
  await mkdir(join(app, 'node_modules/@types'), { recursive: true })
  await cp(join(root, 'dist'), join(installed, 'dist'), { recursive: true })
  await cp(join(root, 'package.json'), join(installed, 'package.json'))
  const types = pathOf(`node_modules/react-types-${react}`)
  await symlink(types, join(app, 'node_modules/@types/react'), 'junction')
  await cp(pathOf('consumer.tsx'), join(app, 'consumer.tsx'))
  return app
}

async function check(app, compiler, { resolution, type }, react) {
  const compilerOptions = {
    ...resolution,
    ...(resolution === node10 && compiler === '6.0' && { ignoreDeprecations: '6.0' }),
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    jsx: 'react-jsx',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    // The package's own declarations are checked too.
    skipLibCheck: false,
    noEmit: true,
    types: [],
  }
  await writeFile(join(app, 'package.json'), JSON.stringify({ type }))
  await writeFile(
    join(app, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['consumer.tsx'] }),
  )
  const tsc = pathOf(`node_modules/typescript-${compiler}/bin/tsc`)
  const name = `TypeScript ${compiler}, ${resolution.moduleResolution}, ${type}, React ${react}`
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', app])
    console.log(`✓ ${name}`)
    return true
  } catch (error) {
    console.log(`✗ ${name}\n${error.stdout || error}`)
    return false
  }
}

await buildIfStale(root, join(root, 'dist/index.d.ts'))
ensureInstalled(folder, 'the compilers that the built types are checked with')
const counts = { passed: 0, failed: 0 }

async function checkAll(react) {
  const app = await makeApp(react)
  for (const way of reacts[react]) {
    for (const compiler of way.compilers ?? compilers) {
      counts[(await check(app, compiler, way, react)) ? 'passed' : 'failed']++
    }
  }
  await rm(app, { recursive: true })
}

await Promise.all(Object.keys(reacts).map(checkAll))
const { passed, failed } = counts
console.log(`types: ${passed} passed, ${failed} failed`)
if (failed > 0) process.exitCode = 1
