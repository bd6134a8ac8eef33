import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  {
    // The benchmark's contestants need packages that only it installs; other compilers check the app.
    ignores: [
      '**/node_modules',
      'dist',
      'storybook-static',
      '**/.next',
      'coverage',
      'findings',
      'scripts/newcomer/app',
      'bench/contestants',
      'bench/conversation/*.{ts,tsx}',
      'test/typescript',
      '.changeset',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  reactHooks.configs.flat.recommended,
  {
    files: ['test/**', 'stories/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  // The packages of the examples are installed when these are run.
  { files: ['**/*.mjs', 'examples/**'], extends: [tseslint.configs.disableTypeChecked] },
  { files: ['examples/**'], rules: { '@typescript-eslint/no-non-null-assertion': 'off' } },
)
