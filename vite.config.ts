import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';

/**
 * The parts of the app that Node runs as they are. The server bundle keeps their `#app/…` specifiers, so that
 * the process holds one copy of each: one pool, one queue, one class for each error.
 */
const runByNode = /^#app\/(domains|flows|platforms|infra|generated)\//;

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [
    remix({
      ignoredRouteFiles: ['**/*'],
      future: {
        v3_fetcherPersist: true,
        // Discovery that is aborted (a fetcher that asks twice) counts a route as known that was never added: a page that
        // exists answers 404 from then on. All routes together are a few kilobytes.
        v3_lazyRouteDiscovery: false,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  build: {
    assetsInlineLimit: 0,
    // Polaris' one style sheet is larger than Vite's hint; it is cached for good under its hash.
    chunkSizeWarningLimit: 800,
    ...(isSsrBuild ? { rollupOptions: { external: (id: string) => runByNode.test(id) } } : {}),
  },
  // Found out one by one they are bundled again during the first visit, and the page holds two Reacts.
  optimizeDeps: {
    include: [
      'react',
      'react-dom',
      'react-dom/client',
      'react/jsx-runtime',
      'react/jsx-dev-runtime',
      '@remix-run/react',
      '@shopify/polaris',
      '@shopify/polaris-icons',
      'zod',
    ],
  },
  ssr: { noExternal: ['@shopify/polaris', '@shopify/polaris-icons'] },
}));
