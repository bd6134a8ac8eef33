import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** Bundles a page's script, to inline it in the page. */
export async function bundlePage(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    tsconfig: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)),
  })
  return outputFiles[0]!.text.replaceAll('</script', '<\\/script')
}
