import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { queueNames } from '#app/infra/jobs.ts';
import type { Queues } from '#app/infra/queue.ts';

/** The queue dashboard, for operators only: mounted where `QUEUE_DASHBOARD=on`, on a loopback address. */
export function queueDashboard(queues: Queues, path: string): Hono {
  const adapter = new HonoAdapter(serveStatic);
  adapter.setBasePath(path);
  createBullBoard({
    queues: queueNames.map((name) => new BullMQAdapter(queues.get(name) as never, { readOnlyMode: false })),
    serverAdapter: adapter as unknown as Parameters<typeof createBullBoard>[0]['serverAdapter'],
    options: { uiConfig: { boardTitle: 'Trellis queues' } },
  });
  return adapter.registerPlugin();
}

const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** What a proxy in front of the app adds: such a request comes from somewhere else. */
const proxied = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip'];

/** True for an address that only the machine itself reaches. */
export const isLoopback = (host: string): boolean => loopback.has(host) || host === '::1';

/**
 * The dashboard has no sign-in and deletes jobs. It is there for a browser on the machine itself: not through a
 * proxy, not under another name that leads here, and not for a page of another site that posts to it.
 */
export const operatorsOnly: MiddlewareHandler = async (c, next) => {
  const url = new URL(c.req.url);
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site') ?? 'none';
  const local = isLoopback(url.hostname) && proxied.every((name) => c.req.header(name) === undefined);
  const own = (origin === undefined || origin === url.origin) && (site === 'none' || site === 'same-origin');
  const reading = c.req.method === 'GET' || c.req.method === 'HEAD';
  if (!local || (!own && !reading)) return c.notFound();
  await next();
  c.header('x-frame-options', 'DENY');
  await keepToOurselves(c);
  return undefined;
};

/** What the dashboard may load. Its styles are partly written into the page. */
const policy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join('; ');

/**
 * The dashboard's page asks a font service for its letters, which tells others that somebody looks at it and waits
 * where there is no network. It has fallbacks, so the link goes, and the policy holds for whatever comes later.
 */
async function keepToOurselves(c: Context): Promise<void> {
  c.header('content-security-policy', policy);
  if (!(c.res.headers.get('content-type') ?? '').startsWith('text/html')) return;
  const html = await c.res.text();
  c.res = new Response(html.replace(/<link\b[^>]*\bhref="(?:https?:)?\/\/[^>]*>\s*/g, ''), c.res);
}
