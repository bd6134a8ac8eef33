/** Measures an import as bundled by Vite for production, with its own minifier. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const entry = 'entry-to-measure'

/**
 * @param {string} path the entry of the built package
 * @param {string} names the imported names, as in an import statement
 * @returns {Promise<number>} in bytes, minified and gzipped
 */
export async function measureWithVite(path, names) {
  const { output } = await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry-to-measure',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? `export ${names} from '${root}${path}'` : undefined),
      },
    ],
    build: {
      write: false,
      modulePreload: false,
      target: 'es2022',
      rolldownOptions: { input: entry, external: ['react'], preserveEntrySignatures: 'strict' },
    },
  })
  return gzipSync(output[0].code, { level: 9 }).length
}
