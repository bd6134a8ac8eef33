import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import { playwright } from '@vitest/browser-playwright'
import {
  defineConfig,
  type TestProjectConfiguration,
  type TestProjectInlineConfiguration,
} from 'vitest/config'
import { testIn } from './scripts/browsers/test-in.mjs'
import { findBrowser, launchArgs } from './scripts/ensure-browser.mjs'
import { compileReact } from './test/support/compile-react.ts'

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const browser = await findBrowser()

/** A fresh object for each project: Vitest writes the project's name into it. */
const inChromium = () => ({
  enabled: true,
  headless: true,
  provider: playwright({ launchOptions: { ...browser, args: launchArgs } }),
  instances: [{ browser: 'chromium' as const }],
  screenshotFailures: false,
})

/** The engine of the browser tests, set by `scripts/test-browsers.mjs`. */
const { TEST_BROWSER: engine = 'chromium' } = process.env
const inEngine = () => (engine === 'firefox' || engine === 'webkit' ? testIn(engine) : inChromium())

/**
 * The groups run one after another: the browser tests measure frames and closing times, which a second
 * browser or the unit tests' workers on the same two cores would distort.
 */
const order = (groupOrder: number) => ({ sequence: { groupOrder } })

/** Layers that do not use a page are tested without one, because creating a jsdom takes longer than many test files. */
const pageless = [
  'text',
  'json',
  'structured',
  'tools',
  'conversation',
  'wire',
  'formats',
  'dialects',
  'completion',
  'inventory',
  'hostile',
  'tabs',
].map((folder) => `test/${folder}/**/*.test.ts`)

const fastRefresh = 'test/react/fast-refresh.test.tsx'

type UnitProject = TestProjectInlineConfiguration & { test: { name: string } }

const unit: UnitProject = {
  extends: true,
  test: {
    name: 'unit',
    environment: 'jsdom',
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/{browser,demo,faults,navigation,package,react-18}/**', ...pageless],
    provide: { reactMajor: 19, isCompiled: false },
    ...order(0),
  },
}

/** The tests of the hooks again, with the oldest supported version of React. */
const unitWithReact18: UnitProject = {
  extends: true,
  resolve: {
    alias: ['react', 'react-dom', '@testing-library/react'].map((name) => ({
      find: new RegExp(`^${name}(?=/|$)`),
      replacement: pathOf(`test/react-18/node_modules/${name}`),
    })),
  },
  test: {
    name: 'unit-react-18',
    environment: 'jsdom',
    include: ['test/react/**/*.test.tsx'],
    globalSetup: ['scripts/ensure-react-18.mjs'],
    provide: { reactMajor: 18, isCompiled: false },
    ...order(0),
  },
}

/** The same tests again, compiled with the React Compiler, as in an app that compiles everything. */
const unitCompiled: UnitProject = {
  extends: true,
  plugins: [compileReact()],
  test: {
    name: 'unit-compiled',
    environment: 'jsdom',
    include: ['test/react/**/*.test.tsx'],
    provide: { reactMajor: 19, isCompiled: true },
    ...order(0),
  },
}

/**
 * The files of a project share their modules, because loading them for each file would take half of the time.
 * Only the test of fast refresh is isolated: it has to patch React before anything renders. No spy, replaced
 * global or timer may outlive its test, because the next file would see it.
 */
function shareModules(project: UnitProject): TestProjectInlineConfiguration[] {
  const { test } = project
  return [
    {
      ...project,
      test: {
        ...test,
        exclude: [...(test.exclude ?? []), fastRefresh],
        isolate: false,
        restoreMocks: true,
        unstubGlobals: true,
        setupFiles: ['test/support/real-timers.ts'],
      },
    },
    {
      ...project,
      test: { ...test, name: `${test.name}-refresh`, include: [fastRefresh], exclude: [] },
    },
  ]
}

const unitWithoutPage: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'unit-pageless',
    environment: 'node',
    include: pageless,
    isolate: false,
    // Some tests cut a recording at every byte, which takes longer on a busy machine.
    testTimeout: 20_000,
    ...order(0),
  },
}

/** The tests of the published package. */
const packaged: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'package',
    environment: 'node',
    include: ['test/package/**/*.test.ts'],
    globalSetup: ['test/package/support/pack.ts'],
    ...order(0),
  },
}

const inBrowser: TestProjectConfiguration = {
  extends: true,
  // A dependency that Vite discovers during the run makes it reload the page, and the run fails.
  optimizeDeps: {
    include: [
      'react',
      'react-dom',
      'react-dom/client',
      'react/jsx-dev-runtime',
      // Of examples/jobs.
      'react-markdown',
      'rehype-highlight',
      'zod',
    ],
  },
  test: {
    name: 'browser',
    include: ['test/browser/**/*.test.{ts,tsx}'],
    globalSetup: ['test/support/start-fault-server.ts', 'test/support/start-fault-proxy.ts'],
    setupFiles: ['test/browser/support/no-stray-errors.ts'],
    browser: inEngine(),
    expect: { poll: { interval: 10, timeout: 5000 } },
    fileParallelism: false,
    ...order(1),
  },
}

/** Tests of pages that are left and shown again, in a separate browser controlled from Node. */
const navigation: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'browser-navigation',
    environment: 'node',
    include: ['test/navigation/**/*.test.ts'],
    ...order(5),
  },
}

const stories: TestProjectConfiguration = {
  extends: true,
  plugins: [storybookTest({ configDir: pathOf('.storybook') })],
  test: {
    name: 'stories',
    // A megabyte takes long on a busy machine.
    testTimeout: 60_000,
    browser: inChromium(),
    ...order(2),
  },
}

const demo: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'demo',
    environment: 'node',
    include: ['test/demo/**/*.test.ts'],
    exclude: ['test/demo/built-*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    ...order(3),
  },
}

/** The published demo, built once for all of its tests. */
const builtDemo: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'built-demo',
    environment: 'node',
    include: ['test/demo/built-*.test.ts'],
    globalSetup: ['test/demo/support/build-storybook.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    ...order(6),
  },
}

/** Real sockets and real time. These tests run alone, so that no other load delays them. */
const faults = (mode: string): TestProjectConfiguration => ({
  extends: true,
  test: {
    name: 'faults',
    environment: 'node',
    // The soak test runs more random cases; the other tests are always the same.
    include:
      mode === 'soak'
        ? [
            'test/faults/{seeded,options}.test.ts',
            'test/conversation/random-sequences.test.ts',
            'test/tabs/random-tabs.test.ts',
            'test/client/gate-sees-all-that-is-shown.test.ts',
            'test/differential/{,dialects-}with-and-without-frames.test.ts',
            'test/wire/{frame-reader,server-sent-events}.test.ts',
          ]
        : ['test/faults/**/*.test.ts'],
    testTimeout: 120_000,
    fileParallelism: false,
    // `vitest run --mode soak` takes much longer, and uses another seed every time.
    env: { FAULT_RUN: mode === 'soak' ? 'soak' : 'short' },
    ...order(4),
  },
})

export default defineConfig(({ mode }) => ({
  resolve: {
    alias: {
      'use-streaming-completion/core': pathOf('src/core.ts'),
      'use-streaming-completion/conversation': pathOf('src/conversation.ts'),
      'use-streaming-completion/testing': pathOf('src/testing.ts'),
      'use-streaming-completion/lean': pathOf('src/lean.ts'),
      'use-streaming-completion': pathOf('src/index.ts'),
    },
  },
  test: {
    // By default, one core stays free, which is half of a machine with two cores.
    maxWorkers: availableParallelism(),
    projects: [
      ...[unit, unitWithReact18, unitCompiled].flatMap(shareModules),
      unitWithoutPage,
      packaged,
      inBrowser,
      navigation,
      stories,
      demo,
      builtDemo,
      faults(mode),
    ],
  },
}))
