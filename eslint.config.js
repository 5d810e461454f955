import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Only app/infra/config.ts and programs of their own read the environment. */
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Read the environment in app/infra/config.ts only.',
};

/** Texts that name a platform; where an import comes from is the layers' business. */
const platformName = '/shopify|woocommerce|wordpress|wp-(admin|content|json)/i';
const whatAStoreCan = 'No domain, flow or page knows which platform it serves: ask the capabilities of the store.';
const noPlatform = [
  `:not(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression) > Literal[value=${platformName}]:not([value='SHOPIFY_APP_URL'])`,
  `TemplateElement[value.raw=${platformName}]`,
  `JSXText[value=${platformName}]`,
].map((selector) => ({ selector, message: whatAStoreCan }));

export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      'build/',
      'app/generated/',
      '.trellis/',
      'extensions/*/dist/',
      // AssemblyScript: its types (i32, f64, usize) and its rules are those of its own compiler, which `npm run build` runs.
      'extensions/*/assembly/',
      'extensions/theme-app-extension/assets/',
      '**/*.js',
      '**/*.mjs',
      '**/*.cjs',
      'test-results/',
      'playwright-report/',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: true },
      ],
      // Interfaces of adapters promise a promise; an implementation that needs no await is fine.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/ban-ts-comment': 'error',
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noEnvironment],
    },
  },
  {
    files: ['app/domains/**/*.ts', 'app/flows/**/*.ts', 'app/routes/**/*.{ts,tsx}', 'app/ui/**/*.{ts,tsx}'],
    ignores: [
      '**/*.test.ts',
      // The doors by which a platform comes in: connecting a store, signing in, installing.
      'app/flows/{authenticate-merchant,connect-woocommerce,install-shop,plugin-sign-in,plugin-source,webhook-source}.ts',
      'app/routes/auth.session-token.ts',
      'app/routes/connect.*/**',
      'app/routes/connect.*.ts',
      // What speaks with the admin that is around our pages; outside of one, app/ui/outside takes its place.
      'app/ui/{admin-frame.tsx,app-bridge.ts,product-picker.ts,use-editor-link.ts}',
    ],
    rules: { 'no-restricted-syntax': ['error', noEnvironment, ...noPlatform] },
  },
  {
    // Rules and models decide by their arguments alone.
    files: ['app/domains/**/*.ts', 'app/shared/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Domains reach the outside through Services.' }],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The clock is an argument.' },
        { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
      ],
    },
  },
  {
    // Programs of their own, which read their own variables and write to a terminal.
    files: [
      'app/infra/config.ts',
      'scripts/**',
      'bench/**',
      'sandbox/main.ts',
      'sandbox/config.ts',
      'tests/**',
      'playwright.config.ts',
      'vitest.config.ts',
      'prisma.config.ts',
      'workers/index.ts',
      'app/server.ts',
    ],
    rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
  {
    // Remix's own way out of a loader or action: a Response is thrown.
    files: ['app/routes/**'],
    rules: { '@typescript-eslint/only-throw-error': ['error', { allow: [{ from: 'lib', name: 'Response' }] }] },
  },
  {
    // What a test reads back from JSON is checked by its expectations.
    files: ['**/*.test.ts', 'tests/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
