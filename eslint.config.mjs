import js from '@eslint/js';
import importSort from 'eslint-plugin-simple-import-sort';
import tseslint from 'typescript-eslint';

const banned = (name, message) => ({ selector: name, message });

export default tseslint.config(
  { ignores: ['**/node_modules/', '**/data/', '**/coverage/', '**/.turbo/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    plugins: { 'import-sort': importSort },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'import-sort/imports': 'error',
      'import-sort/exports': 'error',
      'no-console': 'error',
      complexity: ['error', { max: 8, variant: 'modified' }],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      eqeqeq: 'error',
      // Node's test runner waits for its tests by itself.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: 'test', package: 'node:test' }] },
      ],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Numbers in messages read well; everything else must be turned into text on purpose.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `void` marks a promise that is left running on purpose.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // A port's async method may answer at once.
      '@typescript-eslint/require-await': 'off',
      // Generics that only document a caller's type are used on ports.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['domain/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'crypto', 'process'],
      'no-restricted-syntax': [
        'error',
        banned(
          "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          'The time arrives inside the command.',
        ),
        banned(
          "NewExpression[callee.name='Date'][arguments.length=0]",
          'The time arrives inside the command.',
        ),
        banned(
          "MemberExpression[object.name='Math'][property.name='random']",
          'Randomness arrives inside the command.',
        ),
      ],
    },
  },
  {
    // The two places that print: the command line and the benches.
    files: ['tests/**/*.ts', 'studio/src/cli/**/*.ts', 'scripts/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // The body of an answer is any JSON: a test that expects something else of it fails all the same.
    files: ['tests/**/*.ts'],
    rules: Object.fromEntries(
      ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [
        `@typescript-eslint/no-unsafe-${use}`,
        'off',
      ]),
    ),
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'setTimeout', 'clearTimeout', 'URL', 'Buffer', 'performance'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
);
