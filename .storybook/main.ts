import { fileURLToPath } from 'node:url'
import type { StorybookConfig } from '@storybook/react-vite'
import remarkGfm from 'remark-gfm'
import { mergeConfig } from 'vite'
import { proxyMark } from '../stories/server/proxy-mark.ts'
import { completionProxyPlugin } from '../stories/server/proxy/vite-plugin.ts'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// Storybook links it only in its manager; a story opened directly would request another one.
const favicon = '<link rel="icon" type="image/svg+xml" href="./favicon.svg" />'

// Storybook's loading screens come before a story and should not load a web font.
const systemFont =
  '<style>.sb-wrapper { font-family: ui-sans-serif, system-ui, sans-serif }</style>'

// Every page needs it, but requests it only after Storybook has started.
const index = '<link rel="preload" href="./index.json" as="fetch" crossorigin />'

const firstPage = [
  './preview.tsx',
  '../stories/introduction/introduction.stories.tsx',
  '../stories/introduction/race.tsx',
].map(pathOf)

const config: StorybookConfig = {
  stories: ['../stories/docs/*.mdx', '../stories/**/*.stories.tsx'],
  framework: '@storybook/react-vite',
  addons: [
    {
      name: '@storybook/addon-docs',
      // MDX has no tables of its own.
      options: { mdxPluginOptions: { mdxCompileOptions: { remarkPlugins: [remarkGfm] } } },
    },
    '@storybook/addon-a11y',
    // Its panel is of no use to visitors of the demo.
    ...(process.env['VITEST'] ? ['@storybook/addon-vitest'] : []),
  ],
  staticDirs: ['./public'],
  features: {
    // It visits every element on each DOM mutation, which a stream causes every frame.
    highlight: false,
    backgrounds: false,
    measure: false,
    outline: false,
    sidebarOnboardingChecklist: false,
    menuOnboardingChecklist: false,
  },
  previewHead: (head, { configType }) =>
    // A static build has no proxy. A server with a proxy adds the mark itself.
    [head, favicon, systemFont, configType === 'DEVELOPMENT' ? proxyMark(process.env) : index].join(
      '\n',
    ),
  // The controls are declared explicitly, so neither inferred arg types nor JSX sources are needed.
  typescript: { reactDocgen: false },
  previewAnnotations: (entries = []) =>
    entries.filter((entry) => !/entry-preview-(argtypes|docs)/.test(entry)),
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (viteConfig, { configType }) =>
    mergeConfig(viteConfig, {
      resolve: {
        // Longer names first: an alias also matches subpaths.
        alias: {
          // Some stories count React commits, which needs the profiling build.
          ...(configType === 'PRODUCTION' && { 'react-dom/client': 'react-dom/profiling' }),
          'use-streaming-completion/core': pathOf('../src/core.ts'),
          'use-streaming-completion/conversation': pathOf('../src/conversation.ts'),
          'use-streaming-completion/testing': pathOf('../src/testing.ts'),
          'use-streaming-completion': pathOf('../src/index.ts'),
        },
      },
      // The first page, transformed before somebody opens it.
      ...(!process.env['VITEST'] && { server: { warmup: { clientFiles: firstPage } } }),
      // A dependency that Vite discovers late reloads the page and fails a test.
      optimizeDeps: {
        include: [
          '@ai-sdk/react',
          '@tanstack/ai-react',
          'hast-util-to-jsx-runtime',
          'highlight.js/lib/languages/bash',
          'highlight.js/lib/languages/typescript',
          'highlight.js/lib/languages/xml',
          'lowlight',
          'openai',
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
