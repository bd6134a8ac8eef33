import { GLOBALS_UPDATED, SET_GLOBALS } from 'storybook/internal/core-events'
import { addons } from 'storybook/manager-api'
import { onSystemScheme, schemeOf, storybookThemes } from '../stories/theme/storybook-theme.ts'

// The Introduction has no controls and needs the space.
addons.setConfig({
  layoutCustomisations: {
    showPanel: ({ storyId }, isShown) => (storyId === 'introduction--page' ? false : isShown),
  },
  // Storybook's zoom tool logs a warning about its own missing label.
  toolbar: { zoom: { hidden: true } },
})

let choice: unknown = 'system'
const applyTheme = () => addons.setConfig({ theme: storybookThemes[schemeOf(choice)] })

applyTheme()
onSystemScheme(applyTheme)

addons.register('use-streaming-completion/theme', (api) => {
  const onGlobals = ({ globals }: { globals: Record<string, unknown> }) => {
    if (globals['theme'] === choice) return
    choice = globals['theme']
    applyTheme()
  }
  api.on(SET_GLOBALS, onGlobals)
  api.on(GLOBALS_UPDATED, onGlobals)
})

/** Replaces Storybook's name in the title of the page, and removes a repeated story name. */
const nameThisPage = () => {
  const title = document.title
    .replace(/(?: - Docs)? ⋅ Storybook$/, ' ⋅ use-streaming-completion')
    .replace(/^(.+) - \1 ⋅/, '$1 ⋅')
  if (title !== document.title) document.title = title
}
new MutationObserver(nameThisPage).observe(document.head, {
  childList: true,
  characterData: true,
  subtree: true,
})
