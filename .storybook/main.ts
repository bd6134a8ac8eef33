import { fileURLToPath } from 'node:url'
import type { StorybookConfig } from '@storybook/react-vite'
import { mergeConfig } from 'vite'
import { completionProxyPlugin } from '../stories/server/proxy/vite-plugin.ts'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const config: StorybookConfig = {
  stories: ['../stories/**/*.stories.tsx'],
  framework: '@storybook/react-vite',
  addons: ['@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (viteConfig) =>
    mergeConfig(viteConfig, {
      resolve: {
        // The longer names first: an alias also matches what follows it after a slash.
        alias: {
          'use-streaming-completion/core': pathOf('../src/core.ts'),
          'use-streaming-completion/testing': pathOf('../src/testing.ts'),
          'use-streaming-completion': pathOf('../src/index.ts'),
        },
      },
      plugins: [completionProxyPlugin({ env: process.env, speed: process.env['VITEST'] ? 4 : 1 })],
    }),
}

export default config
