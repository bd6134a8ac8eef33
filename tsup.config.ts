import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    core: 'src/core.ts',
    conversation: 'src/conversation.ts',
    testing: 'src/testing.ts',
    lean: 'src/lean.ts',
  },
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  dts: true,
  sourcemap: true,
  clean: true,
  // For the browser platform, esbuild would otherwise define this as development, for all users of the package.
  define: { 'process.env.NODE_ENV': 'process.env.NODE_ENV' },
  // Shared chunks keep one CompletionError class for all entries.
  splitting: true,
  // tsup's own tree shaking would strip the 'use client' directive of the hook entry.
  treeshake: false,
})
