import { create } from 'storybook/theming'
import { fonts, tokens } from './tokens.ts'

export type Scheme = 'light' | 'dark'

/** Storybook's theme, from the same tokens as the stories. */
function themeOf(base: Scheme) {
  const colour = (name: keyof typeof tokens) => tokens[name][base === 'light' ? 0 : 1]
  return create({
    base,
    brandTitle: 'use-streaming-completion',
    brandUrl: './?path=/story/introduction--page',
    brandTarget: '_self',
    fontBase: fonts.sans,
    fontCode: fonts.mono,
    colorPrimary: colour('accent'),
    colorSecondary: colour('accent'),
    appBg: colour('page'),
    appContentBg: colour('card'),
    appPreviewBg: colour('page'),
    appHoverBg: colour('accent-soft'),
    appBorderColor: colour('line'),
    appBorderRadius: 10,
    textColor: colour('ink'),
    textInverseColor: colour('on-accent'),
    textMutedColor: colour('ink-quiet'),
    barBg: colour('card'),
    barTextColor: colour('ink-quiet'),
    barHoverColor: colour('accent-strong'),
    barSelectedColor: colour('accent'),
    buttonBg: colour('well'),
    buttonBorder: colour('line-strong'),
    booleanBg: colour('line'),
    booleanSelectedBg: colour('card'),
    inputBg: colour('card'),
    inputBorder: colour('line-strong'),
    inputTextColor: colour('ink'),
    inputBorderRadius: 8,
  })
}

export const storybookThemes = { light: themeOf('light'), dark: themeOf('dark') } as const

const darkQuery = matchMedia('(prefers-color-scheme: dark)')

/** The scheme that the toolbar's choice results in. `system` follows the device. */
export function schemeOf(choice: unknown): Scheme {
  if (choice === 'light' || choice === 'dark') return choice
  return darkQuery.matches ? 'dark' : 'light'
}

/** Calls the listener when the device's scheme changes. Returns a function that removes it. */
export function onSystemScheme(listener: () => void): () => void {
  darkQuery.addEventListener('change', listener)
  return () => darkQuery.removeEventListener('change', listener)
}
