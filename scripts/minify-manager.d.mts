/** Minifies the manager of a built Storybook, in place. */
export function minifyManager(directory: string): Promise<void>
