import { defineConfig } from '@playwright/test';

const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // The last such flag wins, so Playwright's own are repeated. The two at the end open two pages of the browser's own
  // beside each page of ours, which costs as much as a page of a store.
  `--disable-features=${[
    'DestroyProfileOnBrowserClose',
    'HttpsUpgrades',
    'HttpsFirstBalancedModeAutoEnable',
    'LensOverlay',
    'MediaRouter',
    'NetworkTimeServiceQuerying',
    'OptimizationHints',
    'PaintHolding',
    'PreconnectToSearch',
    'ThirdPartyStoragePartitioning',
    'AimEnabled',
    'AvoidCorsURLLoaderRestartOnRedirect',
    'AvoidUnnecessaryBeforeUnloadCheckSync',
    'WebUIOmniboxPopup',
    'WebUIOmniboxAimPopup',
  ].join(',')}`,
];

/** The walk installs the app into a fresh store, so it is the first by name; the admin's pages show what it left. */
const ofFirstStore = [
  'a-walk.spec.ts',
  'admin.spec.ts',
  'bundle-ideas.spec.ts',
  'delivery.spec.ts',
  'order-offers.spec.ts',
  'storefront-boxes.spec.ts',
  'storefront-goals.spec.ts',
  'woo*.spec.ts',
];

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './tests/e2e/setup/start-products.ts',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 300_000,
  // What takes a second alone takes several while the other store is at work on the same cores.
  expect: { timeout: 60_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ?? 'test-results/report.json' }],
  ],
  use: {
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    timezoneId: 'UTC',
    // What was done, asked and answered. Filming each page as well takes a third of the machine from the product.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: process.env['TEST_CHROMIUM'] ?? '/usr/bin/chromium', args: chromiumFlags },
  },
  // Each project has a product with a store of its own, and walks its journeys one after the other, by name: they share
  // what they make and change there. The two take about as long.
  projects: [
    { name: 'first store', testMatch: ofFirstStore, workers: 1 },
    { name: 'second store', testIgnore: ofFirstStore, workers: 1 },
  ],
});
