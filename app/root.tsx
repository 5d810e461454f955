import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { Links, Meta, Outlet, Scripts, ScrollRestoration, useLoaderData, useRouteLoaderData } from '@remix-run/react';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import { type ReactNode, useEffect } from 'react';
import { findSignedIn, isOutside } from './routes/outside.server.ts';
import { AdminFrame } from './ui/admin-frame.tsx';
import { rememberEarlyInput, replayEarlyInput } from './ui/early-input.ts';
import { ErrorPage } from './ui/error-page.tsx';
import uiStyles from './ui/ui.css?url';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: polarisStyles },
  { rel: 'stylesheet', href: uiStyles },
];

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { config } = context.services;
  return {
    apiKey: config.SHOPIFY_API_KEY,
    appBridgeUrl: config.APP_BRIDGE_URL,
    outside: isOutside(request),
    signedIn: await findSignedIn(context.services, request),
  };
}

export const shouldRevalidate = () => false;

export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>('root');
  const admin = data?.outside ? null : data;
  return (
    <html lang="en">
      <head>
        {/* The server's build of it and the browser's differ in nothing but their letters. */}
        <script dangerouslySetInnerHTML={{ __html: rememberEarlyInput }} suppressHydrationWarning />
        {admin ? <meta name="shopify-api-key" content={admin.apiKey} /> : null}
        {admin ? <script src={admin.appBridgeUrl} /> : null}
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {/* No icon is shown inside the admin; this keeps browsers from asking for one. */}
        <link rel="icon" href="data:," />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function App() {
  useLoaderData<typeof loader>();
  useEffect(replayEarlyInput, []);
  return (
    <AdminFrame>
      <Outlet />
    </AdminFrame>
  );
}

export function ErrorBoundary() {
  return (
    <AdminFrame>
      <ErrorPage />
    </AdminFrame>
  );
}
