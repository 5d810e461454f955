/**
 * What our blocks cost a shopper's phone: the same pages of the sandbox's storefront with every block on and with
 * every block off, in turn, in Chromium with Lighthouse's mobile throttling (4 × slower processor, 150 ms round trips,
 * 1.6 Mbit/s). Prints a table. Run: node bench/storefront-pages.ts [rounds]
 */
import { serve } from '@hono/node-server';
import { type Browser, chromium } from '@playwright/test';
import { pageScore, type PageVitals } from './lib/page-score.ts';
import { type BenchStorefront, openBenchStorefront } from './lib/storefront.ts';
import { markdownTable } from './lib/table.ts';

const rounds = Number(process.argv[2] ?? 7);

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

/** A load's figures; of the layout shift what moved inside the theme's header stands apart. */
type Load = PageVitals & { readonly header: number };

/** Starts to watch before the page's first script runs. */
function watch(): void {
  const vitals = { fcp: 0, lcp: 0, tbt: 0, cls: 0, header: 0 };
  Object.assign(window, { vitals });
  const observe = (type: string, each: (entry: PerformanceEntry) => void): void => {
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  };
  observe('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') vitals.fcp = entry.startTime;
  });
  observe('largest-contentful-paint', (entry) => (vitals.lcp = entry.startTime));
  observe('longtask', (entry) => (vitals.tbt += entry.duration - 50));
  const headerEnd = (): number => document.querySelector('.site-header')?.getBoundingClientRect().bottom ?? 0;
  observe('layout-shift', (entry) => {
    const { value, sources } = entry as LayoutShift;
    // The theme's own header comes in pieces, with our blocks and without; what is gone is told by its place.
    const isOfHeader =
      sources.length > 0 &&
      sources.every(({ node, previousRect, currentRect }) =>
        node
          ? node.parentElement?.closest('.site-header')
          : Math.max(previousRect.bottom, currentRect.bottom) <= headerEnd(),
      );
    if (isOfHeader) vitals.header += value;
    else vitals.cls += value;
  });
}

async function load(browser: Browser, address: string, inCart: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 });
  const { origin } = new URL(address);
  await context.addCookies([
    { name: '_tracking_consent', value: 'no', url: origin },
    { name: '_theme_cart_type', value: 'drawer', url: origin },
  ]);
  await context.request.post(`${origin}/cart/add.js`, { data: { id: inCart } });
  const page = await context.newPage();
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: (1.6 * 1024 * 1024) / 8,
    uploadThroughput: (750 * 1024) / 8,
  });
  let bytes = 0;
  client.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await page.addInitScript(watch);
  await page.goto(address, { waitUntil: 'networkidle' });
  const vitals = await page.evaluate(() => (window as unknown as { vitals: Omit<Load, 'bytes'> }).vitals);
  await context.close();
  return { ...vitals, bytes };
}

async function listen(store: BenchStorefront): Promise<{ origin: string; close: () => void }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: store.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({ origin: `http://127.0.0.1:${String(port)}`, close: () => server.close() }),
    );
  });
}

const stores = { off: await openBenchStorefront(false), on: await openBenchStorefront(true) };
const servers = { off: await listen(stores.off), on: await listen(stores.on) };
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const rows: string[][] = [];
for (const [name, path] of stores.on.pages) {
  const seen: Record<'off' | 'on', Load[]> = { off: [], on: [] };
  // The first load of each fills the server's and the browser's own caches and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    // In turn, and each first in every other round, so that what else the machine does meets both alike.
    for (const side of round % 2 === 0 ? (['off', 'on'] as const) : (['on', 'off'] as const)) {
      const vitals = await load(browser, servers[side].origin + path, stores[side].inCart);
      if (round > 0) seen[side].push(vitals);
    }
  }
  // Other programs of the machine can only add to a time, so the least is nearest to the page's own; of the layout
  // shift, which must never happen, the most counts.
  const of = (side: 'off' | 'on'): Load => {
    const all = (key: keyof Load): number[] => seen[side].map((each) => each[key]);
    const least = (key: keyof Load): number => Math.min(...all(key));
    return {
      fcp: least('fcp'),
      lcp: least('lcp'),
      tbt: least('tbt'),
      cls: Math.max(...all('cls')),
      header: Math.max(...all('header')),
      bytes: least('bytes'),
    };
  };
  for (const side of ['off', 'on'] as const) {
    const { fcp, lcp, tbt, cls, header, bytes } = of(side);
    const score = pageScore(of(side));
    const difference = side === 'on' ? ` (${(score - pageScore(of('off'))).toFixed(1)})` : '';
    rows.push([
      `${name}, blocks ${side}`,
      `${fcp.toFixed(0)} ms`,
      `${lcp.toFixed(0)} ms`,
      `${tbt.toFixed(0)} ms`,
      cls.toFixed(4),
      header.toFixed(4),
      `${(bytes / 1000).toFixed(0)} kB`,
      `${score.toFixed(1)}${difference}`,
    ]);
  }
}
await browser.close();
servers.off.close();
servers.on.close();
process.stdout.write(
  `${markdownTable(['page', 'first paint', 'largest paint', 'blocked', 'layout shift', "in the theme's header", 'transferred', 'score'], rows)}\n`,
);
