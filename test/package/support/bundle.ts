import { build } from 'esbuild'
import { build as buildWithVite } from 'vite'

const define = (isProduction: boolean) => ({
  'process.env.NODE_ENV': isProduction ? '"production"' : '"development"',
})

/** Bundles an app with esbuild. Its imports start from `folder`. */
export async function withEsbuild(app: string, folder: string, isProduction: boolean) {
  const { outputFiles } = await build({
    stdin: { contents: app, resolveDir: folder, sourcefile: 'app.ts', loader: 'ts' },
    bundle: true,
    // Set explicitly, as bundlers for apps do, because minifying alone would choose it.
    minify: isProduction,
    define: define(isProduction),
    external: ['react'],
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0]!.text
}

/** The same with Vite. */
export async function withVite(app: string, folder: string, isProduction: boolean) {
  const entry = `${folder}/app.js`
  const result = await buildWithVite({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    mode: isProduction ? 'production' : 'development',
    define: define(isProduction),
    plugins: [
      {
        name: 'app',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? app : undefined),
      },
    ],
    build: {
      write: false,
      minify: isProduction,
      lib: { entry, formats: ['es'] },
      rolldownOptions: { external: ['react'] },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (!('output' in output)) throw new Error('Vite built nothing')
  return output.output.map((file) => ('code' in file ? file.code : '')).join('\n')
}
