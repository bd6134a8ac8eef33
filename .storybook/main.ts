import { fileURLToPath } from 'node:url'
import type { StorybookConfig } from '@storybook/react-vite'
import remarkGfm from 'remark-gfm'
import { mergeConfig } from 'vite'
import { completionProxyPlugin } from '../stories/server/proxy/vite-plugin.ts'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const config: StorybookConfig = {
  stories: ['../stories/docs/*.mdx', '../stories/**/*.stories.tsx'],
  framework: '@storybook/react-vite',
  addons: [
    {
      name: '@storybook/addon-docs',
      // MDX itself knows no tables.
      options: { mdxPluginOptions: { mdxCompileOptions: { remarkPlugins: [remarkGfm] } } },
    },
    '@storybook/addon-a11y',
    '@storybook/addon-vitest',
  ],
  // It looks at every element of the page whenever one of them changes: a stream changes them every frame.
  features: { highlight: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (viteConfig, { configType }) =>
    mergeConfig(viteConfig, {
      resolve: {
        // The longer names first: an alias also matches what follows it after a slash.
        alias: {
          // Some stories count React's commits, which the build for production cannot tell of.
          ...(configType === 'PRODUCTION' && { 'react-dom/client': 'react-dom/profiling' }),
          'use-streaming-completion/core': pathOf('../src/core.ts'),
          'use-streaming-completion/testing': pathOf('../src/testing.ts'),
          'use-streaming-completion': pathOf('../src/index.ts'),
        },
      },
      // What Vite discovers only when a story asks for it makes it reload the page, and a test fails.
      optimizeDeps: {
        include: [
          'eventsource-parser',
          'react-markdown',
          'rehype-highlight',
          'remark-gfm',
          'uplot',
          'zod',
        ],
      },
      plugins: [completionProxyPlugin({ env: process.env, speed: process.env['VITEST'] ? 4 : 1 })],
    }),
}

export default config
