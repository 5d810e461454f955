import type { Page } from '@playwright/test';
import { app, type Tour } from './tour.ts';
import { type BuyerAddress, buyerAddress } from './visitors.ts';

/** What is bought for the pictures costs little: so many units of it make points worth seeing. */
const units = 20;

/** The programme, its products for members, and what customers see of both. */
export async function loyaltyPictures(tour: Tour): Promise<void> {
  const { page, store, admin, picture } = tour;
  await page.goto(`${store}/admin/themes/current/editor`);
  for (const block of ['Products for members', 'Points for the product', 'Rewards button']) {
    await page.getByRole('button', { name: `Switch ${block} on` }).click();
    await page.getByRole('button', { name: `Switch ${block} off` }).waitFor();
  }
  await page.goto(`${admin}/loyalty`);
  await app(page).getByRole('button', { name: 'Begin with a good default' }).click();
  await app(page).getByRole('button', { name: 'Switch on' }).click();
  await app(page).getByRole('button', { name: 'Pause' }).waitFor();
  await app(page).getByRole('link', { name: 'Rules, tiers and rewards' }).click();
  await app(page).getByLabel('What points are called').waitFor();
  await picture('loyalty-programme');

  const [kept, other] = await offered(page, store);
  if (!kept || !other) throw new Error('The store has nothing to buy.');
  await keepForMembers(tour, kept.title);
  await guestSees(tour, kept.address);
  const email = await membersBuy(tour, other.address);
  await page.goto(`${admin}/loyalty`);
  const earned = app(page)
    .locator('strong')
    .filter({ hasText: /^[1-9][\d,]* points earned/ });
  while (!(await earned.isVisible())) {
    await page.goto(`${admin}/loyalty`);
    await app(page).getByText('Points by month').waitFor();
  }
  const usual = page.viewportSize();
  // As far down as what it earns goes.
  await page.setViewportSize({ width: 1280, height: 890 });
  await picture('loyalty');
  if (usual) await page.setViewportSize(usual);
  await customerSees(tour, email);
}

/** The customer's own page and the panel in the corner, and what the ledger has of the same account. */
async function customerSees({ page, store, admin, picture }: Tour, email: string): Promise<void> {
  await page.goto(`${store}/apps/trellis/rewards`);
  await page.getByRole('heading', { name: 'Your balance' }).waitFor();
  // Asked unless an earlier part of the tour was.
  const decline = page.getByRole('button', { name: 'Decline' });
  if (await decline.isVisible()) await decline.click();
  const level = await page
    .locator('main strong', { hasText: /^(Bronze|Silver|Gold)$/ })
    .first()
    .innerText();
  await picture('loyalty-rewards');
  const panel = page.locator('.trellis-launcher .trellis-panel');
  // Balance and level reach the store within a minute.
  do {
    await page.goto(store);
    await page.locator('.trellis-launcher summary').click();
  } while (!(await panel.getByText(`Your level: ${level}`).isVisible()));
  await picture('loyalty-launcher');
  await page.goto(`${admin}/ledger`);
  await app(page).getByLabel('E-mail address or customer number').fill(email);
  await app(page).getByRole('button', { name: 'Search' }).click();
  await app(page)
    .getByRole('link', { name: /points$/ })
    .click();
  await app(page)
    .getByRole('heading', { name: /^Customer \d+, points$/ })
    .waitFor();
  await picture('ledger');
}

interface Offered {
  readonly title: string;
  readonly address: string;
}

/** Products of the store's first page that are not sold out. */
async function offered(page: Page, store: string): Promise<Offered[]> {
  await page.goto(`${store}/collections/all`);
  return page.locator('main .card:not(:has(.tag))').evaluateAll((cards) =>
    cards.map((card) => ({
      title: (card.querySelector('h3, .card__title')?.textContent ?? '').trim(),
      address: card.querySelector('a')?.href ?? '',
    })),
  );
}

async function keepForMembers({ page, admin, picture }: Tour, title: string): Promise<void> {
  await page.goto(`${admin}/loyalty/programme`);
  await app(page).getByRole('button', { name: 'Add products for members' }).click();
  await app(page).getByLabel('From the tier').selectOption({ label: 'Gold' });
  await app(page).getByRole('button', { name: 'Choose products' }).click();
  await page.getByLabel('Search products').fill(title);
  await page.locator('#picker-list').getByText(title, { exact: true }).first().click();
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await app(page).getByText('1 product', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('#save-bar').waitFor({ state: 'hidden' });
  await app(page)
    .getByRole('heading', { name: 'Products for members' })
    .evaluate((heading) => {
      heading.scrollIntoView({ block: 'start' });
      // The card begins above its heading.
      window.scrollBy(0, -40);
    });
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await picture('members-products');
}

/** The page of the product, once a job has told the store. */
async function guestSees({ page, picture }: Tour, address: string): Promise<void> {
  const note = page.getByText('Reserved for members');
  do await page.goto(address);
  while (!(await note.isVisible()));
  await note.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await picture('members-product-page');
}

/** Some customers of the store buy; the last of them in the page, which is signed in from then on. Returns that one's address. */
async function membersBuy({ page, store, picture }: Tour, address: string): Promise<string> {
  await page.goto(`${store}/account`);
  const people = await page
    .locator('.people [name=email]')
    .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
  await page.goto(address);
  const variant = await page.locator('.product__form [name=id]').first().getAttribute('value');
  let members = 0;
  for (const email of people) {
    if (members === 4) break;
    await page.request.post(`${store}/account/login`, { form: { email } });
    await page.goto(`${store}/apps/trellis/rewards`);
    // Some belong to the group that sees no programme.
    if (!(await page.getByRole('heading', { name: 'How to earn points' }).isVisible())) continue;
    members += 1;
    const join = page.getByRole('button', { name: 'Join now' });
    if (await join.isVisible()) await join.click();
    await page.getByRole('heading', { name: 'Your balance' }).waitFor();
    await page.request.post(`${store}/cart/add.js`, { data: { items: [{ id: variant, quantity: units }] } });
    if (members < 4) {
      await page.request.post(`${store}/checkout`, { form: { email, ...buyerAddress, card: '1' } });
      continue;
    }
    await page.goto(address);
    await page
      .getByText(/Earn \d+ points with this product/)
      .evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await picture('loyalty-product');
    await pay(page, store, { email, ...buyerAddress });
    const points = page
      .frameLocator('iframe.checkout-extension')
      .getByText(/You (earn|collect)/)
      .first();
    await points.waitFor();
    // Until the order is heard of, the page says that it brings something.
    while (!(await points.innerText()).includes('You earn')) {
      await page.reload();
      await points.waitFor();
    }
    await picture('loyalty-order');
    return email;
  }
  throw new Error('Too few customers of the store see the programme.');
}

async function pay(page: Page, store: string, fields: BuyerAddress & { readonly email: string }): Promise<void> {
  await page.goto(`${store}/checkout`);
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value);
  await page.locator('form[action="/checkout"] button').last().click();
  await page.waitForURL('**/thank-you/**');
}
