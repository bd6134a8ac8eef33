/**
 * Minifies the manager of a built Storybook, which Storybook ships as 5 MB of readable code:
 *
 *     node scripts/minify-manager.mjs storybook-static
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transform } from 'esbuild'

/** @param {string} directory */
export async function minifyManager(directory) {
  const files = await readdir(directory, { recursive: true })
  for (const file of files.filter((each) => /^sb-(manager|addons)\b.*\.js$/.test(each))) {
    const path = join(directory, file)
    const { code } = await transform(await readFile(path, 'utf8'), {
      minify: true,
      legalComments: 'none',
      target: 'es2022',
    })
    await writeFile(path, code)
  }
}

const [, script = '', directory] = process.argv
if (import.meta.url === pathToFileURL(script).href) {
  if (!directory) throw new Error('Pass the folder of a built Storybook.')
  await minifyManager(directory)
}
