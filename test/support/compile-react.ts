import { transformAsync } from '@babel/core'
import type { Plugin } from 'vitest/config'

/**
 * Compiles the package and the components of its tests with the React Compiler. Code of the package that cannot
 * be compiled is an error; tests may break the rules of React.
 */
export function compileReact(): Plugin {
  return {
    name: 'compile-react',
    enforce: 'pre',
    async transform(code, id) {
      const [path = id] = id.split('?')
      const isOwn = /\/src\/react\/[^/]+\.tsx?$/.test(path)
      if (!isOwn && !/\/test\/react\/.+\.tsx$/.test(path)) return undefined
      const result = await transformAsync(code, {
        filename: path,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: path.endsWith('x') ? ['typescript', 'jsx'] : ['typescript'] },
        plugins: [
          ['babel-plugin-react-compiler', { panicThreshold: isOwn ? 'all_errors' : 'none' }],
        ],
      })
      return { code: result?.code ?? code, map: result?.map ?? null }
    },
  }
}
