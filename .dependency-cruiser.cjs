/** The arrows of the house. A rule that nothing checks does not exist. */
const test = '\\.test\\.tsx?$';
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Type imports vanish, and a job definition loads its handler lazily: neither makes a cycle at run time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: { pathNot: '\\.d\\.ts$' },
      to: { couldNotResolve: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'shared-is-pure',
      severity: 'error',
      from: { path: '^app/shared/', pathNot: test },
      to: { pathNot: '^app/shared/' },
    },
    {
      name: 'domains-see-no-outside',
      comment: 'Domains import shared, infra, the port and themselves: no adapter, no flow, no page, no SDK.',
      severity: 'error',
      from: { path: '^app/domains/', pathNot: test },
      to: {
        path: '^(app/(flows|routes|http|ui|platforms/(shopify|woocommerce))|workers|sandbox|extensions|scripts|tests)/',
      },
    },
    {
      name: 'domains-meet-in-flows',
      comment: 'Only engines may be imported by another domain.',
      severity: 'error',
      from: { path: '^app/domains/([^/]+)/', pathNot: test },
      to: {
        path: '^app/domains/',
        pathNot: [
          '^app/domains/$1/',
          '^app/domains/(ledger|incentives|experiments|segments|notifications|codes)/index\\.ts$',
        ],
      },
    },
    {
      name: 'domains-by-their-face',
      comment: 'From outside, a domain is its index.ts; workers may list its jobs.ts.',
      severity: 'error',
      from: { path: '^(app/(flows|routes|http|ui|platforms)|workers|sandbox|scripts)/', pathNot: test },
      to: { path: '^app/domains/[^/]+/', pathNot: ['^app/domains/[^/]+/(index|jobs)\\.ts$'] },
    },
    {
      name: 'adapters-know-the-port-only',
      severity: 'error',
      from: { path: '^app/platforms/(shopify|woocommerce)/', pathNot: test },
      to: { path: '^app/(flows|routes|http|ui)/' },
    },
    {
      name: 'adapters-at-the-doors',
      comment:
        'No flow and no page knows which platform it serves. Only the doors by which a platform comes in (connecting, signing in, its keys and signatures) know their adapter.',
      severity: 'error',
      from: {
        path: '^app/(flows|routes|ui)/',
        pathNot: [
          test,
          '^app/flows/(authenticate-merchant|connect-woocommerce|install-shop|plugin-sign-in|plugin-source|webhook-source)\\.ts$',
          '^app/routes/auth\\.session-token\\.ts$',
        ],
      },
      to: { path: '^app/platforms/(shopify|woocommerce)/' },
    },
    {
      name: 'infra-is-below',
      severity: 'error',
      from: { path: '^app/infra/', pathNot: test },
      to: { path: '^app/(domains|flows|routes|http|ui|platforms/(shopify|woocommerce))/' },
    },
    {
      name: 'prisma-in-stores-only',
      severity: 'error',
      from: {
        path: '^app/',
        pathNot: [
          '^app/infra/',
          '^app/generated/',
          '/store[a-z-]*.ts$',
          'version-store.ts$',
          '^app/platforms/shopify/auth/',
        ],
      },
      to: { path: ['^app/generated/', '^node_modules/@prisma/'] },
    },
    {
      name: 'remix-at-the-edge',
      severity: 'error',
      from: {
        path: '^(app|workers|sandbox|scripts)/',
        pathNot: ['^app/(routes|ui)/', '^app/(root|routes|entry\\.[a-z]+|remix-handler|remix\\.d)\\.tsx?$'],
      },
      to: { path: '^node_modules/@remix-run/' },
    },
    {
      name: 'browsers-get-no-server',
      comment:
        'What a page draws with is built for browsers too: only the routes themselves, whose server half is cut off, import values from the house.',
      severity: 'error',
      from: {
        path: '^app/(routes/.*(\\.tsx|-words\\.ts)$|ui/)',
        pathNot: [test, '^app/routes/([^/]+|.*/route)\\.tsx$'],
      },
      to: {
        path: '^app/(domains|flows|infra|platforms)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'polaris-at-the-edge',
      severity: 'error',
      from: { path: '^(app|workers|sandbox)/', pathNot: ['^app/(routes|ui)/', '^app/root\\.tsx$'] },
      to: { path: '^node_modules/@shopify/polaris' },
    },
    {
      name: 'workers-are-constructed-in-workers',
      comment: 'Importing the queue must never start a worker.',
      severity: 'error',
      from: { path: '^(app|sandbox|scripts)/', pathNot: '^app/infra/' },
      to: { path: '^(node_modules/bullmq|workers)/' },
    },
    {
      name: 'product-knows-no-sandbox',
      severity: 'error',
      from: { path: '^(app|workers|extensions)/', pathNot: test },
      to: { path: '^(sandbox|tests|bench)/' },
    },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^(app|workers)/', pathNot: [test, '\\.d\\.ts$', '^app/routes\\.ts$'] },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: ['^node_modules/(vite|@types)/'],
      },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'app/generated'] },
    exclude: { path: ['^extensions/[^/]+/(dist|assets|assembly)/', '^build/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
