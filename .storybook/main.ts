import { fileURLToPath } from 'node:url'
import type { StorybookConfig } from '@storybook/react-vite'
import remarkGfm from 'remark-gfm'
import { mergeConfig } from 'vite'
import { proxyMark } from '../stories/server/proxy-mark.ts'
import { completionProxyPlugin } from '../stories/server/proxy/vite-plugin.ts'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// Storybook links it from its own frame alone, and a story that is opened by itself asks for another.
const favicon = '<link rel="icon" type="image/svg+xml" href="./favicon.svg" />'

// Storybook's own screens, which show before a story does: no font has to load for them.
const systemFont =
  '<style>.sb-wrapper { font-family: ui-sans-serif, system-ui, sans-serif }</style>'

// Every page reads it, but only asks for it once Storybook runs.
const index = '<link rel="preload" href="./index.json" as="fetch" crossorigin />'

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
    // Who runs the tests has it in the terminal; a visitor of the demo need not see it.
    ...(process.env['VITEST'] ? ['@storybook/addon-vitest'] : []),
  ],
  staticDirs: ['./public'],
  features: {
    // It looks at every element of the page whenever one of them changes: a stream changes them every frame.
    highlight: false,
    backgrounds: false,
    measure: false,
    outline: false,
    sidebarOnboardingChecklist: false,
    menuOnboardingChecklist: false,
  },
  previewHead: (head, { configType }) =>
    // A static build has no proxy; a server of it that has one adds the mark itself.
    [head, favicon, systemFont, configType === 'DEVELOPMENT' ? proxyMark(process.env) : index].join(
      '\n',
    ),
  // The controls are declared by hand: nothing is derived from the components, and no code is shown for JSX.
  typescript: { reactDocgen: false },
  previewAnnotations: (entries = []) =>
    entries.filter((entry) => !/entry-preview-(argtypes|docs)/.test(entry)),
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (viteConfig, { configType }) =>
    mergeConfig(viteConfig, {
      resolve: {
        // The longer names first: an alias also matches what follows it after a slash.
        alias: {
          // Some stories count React's commits, which the build for production cannot tell of.
          ...(configType === 'PRODUCTION' && { 'react-dom/client': 'react-dom/profiling' }),
          'use-streaming-completion/core': pathOf('../src/core.ts'),
          'use-streaming-completion/conversation': pathOf('../src/conversation.ts'),
          'use-streaming-completion/testing': pathOf('../src/testing.ts'),
          'use-streaming-completion': pathOf('../src/index.ts'),
        },
      },
      // What Vite discovers only when a story asks for it makes it reload the page, and a test fails.
      optimizeDeps: {
        include: [
          '@ai-sdk/react',
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
