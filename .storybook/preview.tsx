import type { Preview } from '@storybook/react-vite'
import { lazy, StrictMode, Suspense, useLayoutEffect, type ComponentProps } from 'react'
import { connectionArgs, connectionArgTypes } from '../stories/connection/connection-args.ts'
import { ConnectionProvider } from '../stories/connection/connection.tsx'
import { isInTests } from '../stories/parts/in-tests.ts'
import { ScrollingTable } from '../stories/parts/scrolling-table.tsx'
import { tokensAsCss } from '../stories/theme/tokens.ts'
import '../stories/theme/theme.css'

const colours = document.createElement('style')
colours.textContent = tokensAsCss()
document.head.append(colours)

// Only docs pages need Storybook's blocks, a third of a megabyte.
const ThemedDocs = lazy(() => import('../stories/theme/themed-docs.tsx'))
const DocsCode = lazy(() => import('../stories/parts/docs-code.tsx'))

function DocsPage(props: ComponentProps<typeof ThemedDocs>) {
  return (
    <Suspense>
      <ThemedDocs {...props} />
    </Suspense>
  )
}

/** Sets the toolbar's theme on the root element, for `theme.css`. */
function Themed({ theme, children }: { theme: string; children: React.ReactNode }) {
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  return children
}

const preview: Preview = {
  args: { ...connectionArgs },
  argTypes: connectionArgTypes,
  parameters: {
    layout: 'fullscreen',
    docs: {
      canvas: { sourceState: 'none' },
      story: { inline: true },
      container: DocsPage,
      components: { table: ScrollingTable, pre: DocsCode },
    },
    options: {
      storySort: {
        order: [
          'Introduction',
          'Playground',
          'Chat',
          'Formats',
          'Outcomes',
          'Comparison',
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
          'Hidden by Activity',
          'Many streams',
          'Long output',
          'Stream inspector',
          'Accessibility',
          'Docs',
          [
            'Getting started',
            'Proxies',
            'Outcomes and errors',
            'Performance',
            'Testing your app',
            'Accessibility',
            'Migration',
          ],
        ],
      },
    },
    controls: { disableSaveFromUI: true, expanded: true },
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
  // axe is 0.6 MB and slows down the stream. Its panel has a button to run it.
  initialGlobals: { theme: 'system', a11y: { manual: !isInTests } },
  decorators: [
    (Story, { globals, args, viewMode }) => (
      <StrictMode>
        <Themed theme={String(globals['theme'])}>
          <ConnectionProvider {...args}>
            {viewMode === 'docs' ? (
              <Story />
            ) : (
              <main>
                <Story />
              </main>
            )}
          </ConnectionProvider>
        </Themed>
      </StrictMode>
    ),
  ],
}

export default preview
