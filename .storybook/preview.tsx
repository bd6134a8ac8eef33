import type { Preview } from '@storybook/react-vite'
import { StrictMode, useLayoutEffect } from 'react'
import { themes } from 'storybook/theming'
import { connectionArgs, connectionArgTypes } from '../stories/connection/connection-args.ts'
import { ConnectionProvider } from '../stories/connection/connection.tsx'
import '../stories/theme.css'

/** Puts the theme of the toolbar on the page, where the colours of `theme.css` look for it. */
function Themed({ theme, children }: { theme: string; children: React.ReactNode }) {
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  return children
}

/** The docs pages have one theme for as long as they are open; the stories in them follow the toolbar. */
const isDark = matchMedia('(prefers-color-scheme: dark)').matches

const preview: Preview = {
  args: { ...connectionArgs },
  argTypes: connectionArgTypes,
  parameters: {
    layout: 'fullscreen',
    docs: { theme: isDark ? themes.dark : themes.light },
    options: {
      storySort: {
        order: [
          'Docs',
          [
            'Introduction',
            'Getting started',
            'Proxies',
            'Outcomes and errors',
            'Performance',
            'Testing your app',
            'Accessibility',
            'Migration',
          ],
          'Playground',
          'Formats',
          'Outcomes',
          'Abort and retry',
          'Timeouts',
          'Resume after a cut',
          'Reasoning and refusal',
          'Tool calls',
          'Structured output',
          'Moderation',
          'Markdown in blocks',
          'Smooth text',
          'Shared completion',
          'Many streams',
          'Long output',
          'Stream inspector',
          'Accessibility',
        ],
      },
    },
    backgrounds: { disabled: true },
    controls: { disableSaveFromUI: true },
    a11y: { test: 'error' },
    viewport: {
      options: {
        phone: { name: 'Phone', styles: { width: '390px', height: '844px' }, type: 'mobile' },
        desktop: { name: 'Desktop', styles: { width: '1440px', height: '900px' }, type: 'desktop' },
      },
    },
  },
  globalTypes: {
    theme: {
      description: 'Colours of the page',
      toolbar: {
        title: 'Theme',
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          { value: 'system', title: 'System', icon: 'browser' },
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
        ],
      },
    },
  },
  initialGlobals: { theme: 'system' },
  decorators: [
    (Story, { globals, args }) => (
      <StrictMode>
        <Themed theme={String(globals['theme'])}>
          <ConnectionProvider {...args}>
            <Story />
          </ConnectionProvider>
        </Themed>
      </StrictMode>
    ),
  ],
}

export default preview
