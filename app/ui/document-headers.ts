const shopDomain = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;

/**
 * Says who may frame a document: the shop that the address names (when it looks like a shop) and the
 * configured admin origins, nobody else. Also asks the browser to fetch App Bridge early.
 */
export function setDocumentHeaders(headers: Headers, url: URL, options: { frames: readonly string[]; appBridgeUrl: string }): void {
  const shop = url.searchParams.get('shop');
  const own = shop !== null && shopDomain.test(shop) ? [`https://${shop}`] : [];
  headers.set('Content-Type', 'text/html; charset=utf-8');
  headers.set('Content-Security-Policy', `frame-ancestors ${[...own, ...options.frames].join(' ') || "'none'"};`);
  headers.set('Link', `<${options.appBridgeUrl}>; rel="preload"; as="script"`);
  headers.set('X-Content-Type-Options', 'nosniff');
  headers.set('Referrer-Policy', 'origin-when-cross-origin');
  headers.set('Cache-Control', 'no-store');
}
