import { PassThrough } from 'node:stream';
import { type AppLoadContext, type EntryContext, createReadableStreamFromReadable } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { frameAncestors } from '#app/platforms/shopify/auth/frame.ts';
import { isOutside } from './routes/outside.server.ts';

/** How long a page may stream before what is missing is given up (milliseconds). */
const streamLimitMs = 8_000;

/** Renders one document. Bots get it whole, people get it as a stream. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  loadContext: AppLoadContext,
): Promise<Response> {
  const { config, log } = loadContext.services;
  const whole = isbot(request.headers.get('user-agent') ?? '');
  headers.set('Content-Type', 'text/html; charset=utf-8');
  const outside = isOutside(request);
  const framedBy = outside
    ? "frame-ancestors 'none';"
    : frameAncestors(config, new URL(request.url).searchParams.get('shop'));
  headers.set('Content-Security-Policy', framedBy);
  if (!outside) headers.set('Link', `<${config.APP_BRIDGE_URL}>; rel="preload"; as="script"`);
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Referrer-Policy', 'origin-when-cross-origin');
  // Pages hold one store's numbers and are made for one request.
  headers.set('Cache-Control', 'no-store');

  return new Promise((resolve, reject) => {
    let shellSent = false;
    const send = (): void => {
      shellSent = true;
      const body = new PassThrough();
      resolve(new Response(createReadableStreamFromReadable(body), { headers, status: failed ? 500 : status }));
      page.pipe(body);
    };
    let failed = false;
    const page = renderToPipeableStream(
      <RemixServer context={remixContext} url={request.url} abortDelay={streamLimitMs} />,
      {
        ...(whole ? { onAllReady: send } : { onShellReady: send }),
        onShellError: reject,
        onError(error: unknown) {
          failed = true;
          // Errors before the shell are rejected above and logged by the caller.
          if (shellSent) log.error({ err: error }, 'a page broke while it was streamed');
        },
      },
    );
    setTimeout(() => page.abort(), streamLimitMs + 1_000).unref();
  });
}

/**
 * Remix drops the headers of a thrown response from data requests. With this one App Bridge repeats a fetch
 * whose session token had just ended, with a fresh one.
 */
export function handleDataRequest(response: Response): Response {
  if (response.status === 401) response.headers.set('X-Shopify-Retry-Invalid-Session-Request', '1');
  response.headers.set('Cache-Control', 'no-store');
  return response;
}

/** Unexpected errors of loaders and actions: the log gets the error, the browser a plain sentence. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }): void {
  if (request.signal.aborted) return;
  context.services.log.error(
    { err: error, method: request.method, path: new URL(request.url).pathname },
    'a page failed',
  );
}
