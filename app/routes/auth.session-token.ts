import type { LoaderFunctionArgs } from '@remix-run/node';
import { frameAncestors } from '#app/platforms/shopify/auth/frame.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? '');

/**
 * The bounce page: nothing but App Bridge, which fetches a fresh session token and goes to `shopify-reload` with
 * it. Only addresses of this app are accepted there, because the token goes along.
 */
export function loader({ request, context }: LoaderFunctionArgs): Response {
  const { config } = context.services;
  const query = new URL(request.url).searchParams;
  const target = query.get('shopify-reload');
  if (target === null || !URL.canParse(target) || new URL(target).origin !== new URL(config.SHOPIFY_APP_URL).origin) {
    return new Response('Open Trellis from the Apps page of your Shopify admin.', { status: 400 });
  }
  const page = `<!doctype html><html lang="en"><head><meta name="shopify-api-key" content="${escaped(config.SHOPIFY_API_KEY)}"><script src="${escaped(config.APP_BRIDGE_URL)}"></script><meta charset="utf-8"><title>Trellis</title></head><body></body></html>`;
  return new Response(page, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': frameAncestors(config, query.get('shop')),
      'Cache-Control': 'no-store',
    },
  });
}
