import { fileURLToPath } from 'node:url'
import type { FunctionComponent } from 'react'
import { onTestFinished, vi } from 'vitest'

/** The runtime that `@vitejs/plugin-react` sends to the page. */
interface Runtime {
  injectIntoGlobalHook(page: typeof globalThis): void
  register(type: FunctionComponent, id: string): void
  createSignatureFunctionForTransform(): Sign
  validateRefreshBoundaryAndEnqueueUpdate(
    id: string,
    before: object,
    after: object,
  ): string | undefined
}

/** Called with a component once it is defined, and with nothing while it renders. */
type Sign = (
  component?: FunctionComponent,
  signature?: string,
  forceReset?: boolean,
  customHooks?: () => unknown[],
) => unknown

// Not an export of the package, but its development server reads the same file.
const file = '../../../node_modules/@vitejs/plugin-react/dist/refresh-runtime.js'
const runtime = (await import(fileURLToPath(new URL(file, import.meta.url)))) as Runtime

// React looks for it once, when `react-dom` is loaded, so this file must be imported first.
runtime.injectIntoGlobalHook(globalThis)

export interface EditedModule {
  /**
   * Transforms a component like the plugin, as one version of a module.
   *
   * @param signature the signature of its hook calls: the state is kept while it is equal
   * @param hooks the custom hooks that it calls
   */
  define(signature: string, hooks: unknown[], render: () => React.ReactNode): FunctionComponent
  /** Replaces the previous version with the one defined last, like saving a file. */
  save(): void
}

/** A module of an app with one component, under a development server. */
export function editModule(): EditedModule {
  const id = crypto.randomUUID()
  const versions: FunctionComponent[] = []
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  return {
    define(signature, hooks, render) {
      const sign = runtime.createSignatureFunctionForTransform()
      const Component: FunctionComponent = () => {
        sign()
        return render()
      }
      sign(Component, signature, false, () => hooks)
      runtime.register(Component, `${id} Component`)
      versions.push(Component)
      return Component
    },
    save() {
      const [Before, After] = versions.slice(-2)
      const problem = runtime.validateRefreshBoundaryAndEnqueueUpdate(
        id,
        { Component: Before },
        { Component: After },
      )
      if (problem) throw new Error(problem)
      // It waits for other modules that were saved at the same time.
      vi.advanceTimersByTime(16)
    },
  }
}
