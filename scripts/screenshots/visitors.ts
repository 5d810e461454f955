import { randomUUID } from 'node:crypto';
import { type APIRequestContext, type Page, request } from '@playwright/test';

interface Storefront {
  readonly page: Page;
  readonly store: string;
}

export const buyerAddress = {
  first_name: 'Ada',
  last_name: 'Lovelace',
  address: '1 Main Street',
  zip: '10115',
  city: 'Berlin',
};
export type BuyerAddress = typeof buyerAddress;

/** Buys the first product with suggestions, in the page, as somebody who agreed and sees Trellis. */
export async function buyAsSeen({ page, store }: Storefront): Promise<void> {
  await page.goto(`${store}/collections/all`);
  const links = await page
    .locator('main .card:not(:has(.tag)) a')
    .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
  for (const link of links) {
    await page.goto(link);
    if (await page.locator('[data-trellis=together]').isVisible()) break;
  }
  await page.locator('.product__buy button').click();
  await page.waitForURL('**/cart');
  await page.goto(`${store}/checkout`);
  for (const [name, value] of Object.entries({ email: 'ada@example.com', ...buyerAddress }))
    await page.locator(`[name=${name}]`).fill(value);
  await page.locator('form[action="/checkout"] button').last().click();
  await page.waitForURL('**/thank-you/**');
}

interface Visit {
  readonly store: string;
  readonly signals: string;
  readonly shopId: string;
  readonly productId: string;
  readonly variantId: string;
  /** units that are bought; 0 = only looked at */
  readonly units: number;
}

async function visit(visitorId: string, { store, signals, shopId, productId, variantId, units }: Visit): Promise<void> {
  const shopper: APIRequestContext = await request.newContext({ baseURL: store });
  const view = { id: randomUUID(), kind: 'view', productId, at: new Date().toISOString() };
  await shopper.post(signals, { data: { shopId, visitorId, events: [view] } });
  if (units > 0) {
    await shopper.post('/cart/add.js', { data: { items: [{ id: variantId, quantity: units }] } });
    await shopper.post('/cart/update.js', { data: { attributes: { _trellis_visitor: visitorId } } });
    await shopper.post('/checkout', { form: { email: `${visitorId}@example.com`, ...buyerAddress, card: '1' } });
  }
  await shopper.dispose();
}

interface Offered {
  readonly productId: string;
  readonly variantId: string;
}

/** The products of the store's first page that can be bought, from their own pages. */
function readOffered(page: Page): Promise<Offered[]> {
  return page.evaluate(async () => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('main .card:not(:has(.tag)) a')];
    const found: Offered[] = [];
    for (const { href } of links) {
      const html = await (await fetch(href)).text();
      const product = new DOMParser().parseFromString(html, 'text/html');
      const config = product.getElementById('trellis-config')?.textContent ?? '{}';
      const variant = product.querySelector('form[action*="/cart/add"] [name=id]');
      if (variant instanceof HTMLInputElement)
        found.push({ productId: (JSON.parse(config) as { product: string }).product, variantId: variant.value });
    }
    return found;
  });
}

/**
 * Lets so many visitors look at a product, every second of whom buys it: those of version B two units. Which version
 * a visitor is in is told by the script of the store's own page.
 */
export async function letVisitorsBuy({ page, store }: Storefront, count: number): Promise<void> {
  await page.goto(`${store}/collections/all`);
  const offered = await readOffered(page);
  const told = await page.evaluate(
    () =>
      JSON.parse(document.getElementById('trellis-config')?.textContent ?? '{}') as {
        shopId: string;
        endpoint: string;
      },
  );
  const decide = await page.evaluate(
    () => [...document.scripts].find((one) => one.textContent.includes('trellisHeld'))?.textContent ?? '',
  );
  for (let index = 0; index < count; index += 1) {
    const visitorId = randomUUID();
    const product = offered[index % offered.length];
    if (!product) throw new Error('The store has nothing to buy.');
    await page.evaluate((id) => {
      const { dataset } = document.documentElement;
      delete dataset['trellisArms'];
      delete dataset['trellisHeld'];
      localStorage.setItem('_trellis_visitor', id);
    }, visitorId);
    await page.evaluate(decide);
    const arms = await page.evaluate(() => document.documentElement.dataset['trellisArms'] ?? '');
    if (arms === '') continue;
    const units = index % 2 === 0 ? (arms.endsWith(':b') ? 2 : 1) : 0;
    await visit(visitorId, { store, signals: told.endpoint, shopId: told.shopId, ...product, units });
  }
}
