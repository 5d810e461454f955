import { expect, type Page } from '@playwright/test';
import { storeUrl } from './test.ts';

/** Answers the store's question for consent. */
export async function answerConsent(page: Page, choice: 'yes' | 'no'): Promise<void> {
  await page.goto(storeUrl());
  await page.locator(`[data-consent-choice=${choice}]`).click();
  await expect(page.locator('[data-consent]')).toBeHidden();
}

/** Chooses how the theme shows the cart, as a merchant would in the theme editor. */
export async function chooseCart(page: Page, type: 'drawer' | 'notification'): Promise<void> {
  await page.request.post(`${storeUrl()}/theme-settings`, { form: { cart_type: type } });
}

/** Opens the first product of the store that shows "bought together", and gives its address. */
export async function openProductWithBlock(page: Page): Promise<string> {
  await page.goto(`${storeUrl()}/collections/all`);
  const links = await page
    .locator('main .card a')
    .evaluateAll((all) => all.map((each) => (each as HTMLAnchorElement).href));
  for (const link of links) {
    await page.goto(link);
    if ((await page.locator('[data-trellis=together]').count()) > 0) return link;
  }
  throw new Error('no product of the first page has a block');
}

interface Marks {
  readonly held: boolean;
  /** `test:version` for each running experiment that the visitor is in */
  readonly arms: readonly string[];
}

/** Tries ids until the script of the page that is open decides as wanted, and loads the page as that visitor. */
async function becomeWho(page: Page, fits: (marks: Marks) => boolean): Promise<boolean> {
  const decide = await page.evaluate(
    () => [...document.scripts].find((each) => each.textContent.includes('trellisHeld'))?.textContent ?? '',
  );
  for (let attempt = 0; attempt < 400; attempt += 1) {
    await page.evaluate(() => {
      delete document.documentElement.dataset['trellisHeld'];
      delete document.documentElement.dataset['trellisArms'];
      localStorage.setItem('_trellis_visitor', crypto.randomUUID());
    });
    await page.evaluate(decide);
    const marks = await page.evaluate(() => ({
      held: document.documentElement.dataset['trellisHeld'] !== undefined,
      arms: (document.documentElement.dataset['trellisArms'] ?? '').split(' '),
    }));
    if (!fits(marks)) continue;
    await page.reload();
    return true;
  }
  return false;
}

/**
 * Gives the browser the id of a visitor of the held-out share, or of the others: a journey must not depend on
 * which of them it happens to be.
 */
export async function becomeVisitor(page: Page, who: 'held out' | 'not held out'): Promise<void> {
  await openProductWithBlock(page);
  if (!(await becomeWho(page, ({ held }) => held === (who === 'held out')))) throw new Error(`no visitor is ${who}`);
}

/** Gives the browser the id of a visitor with these marks; a page with a block of ours must be open. */
export async function becomeVisitorIn(page: Page, ...marks: readonly string[]): Promise<void> {
  const found = await becomeWho(page, ({ arms }) => marks.every((mark) => arms.includes(mark)));
  if (!found) throw new Error(`no visitor is in ${marks.join(' and ')}`);
}

/** Gives the browser the id of a visitor who is not held out; a page with a block of ours must be open. */
export async function becomeAnybody(page: Page): Promise<void> {
  if (!(await becomeWho(page, ({ held }) => !held))) throw new Error('every visitor is held out');
}

/** Waits until the cart names the browser's visitor: orders are counted, and prices of a test charged, by it. */
export async function cartNamesVisitor(page: Page): Promise<void> {
  const visitor = await page.evaluate(() => localStorage.getItem('_trellis_visitor'));
  await expect
    .poll(async () => {
      const cart = (await (await page.request.get(`${storeUrl()}/cart.js`)).json()) as {
        attributes: { _trellis_visitor?: string };
      };
      return cart.attributes._trellis_visitor ?? null;
    })
    .toBe(visitor);
}

/** Fills in the checkout and pays. */
export async function pay(page: Page): Promise<void> {
  await page.goto(`${storeUrl()}/checkout`);
  const values = {
    email: 'shopper@example.com',
    first_name: 'Olga',
    last_name: 'Ferber',
    address: 'Way 1',
    zip: '1',
    city: 'B',
  };
  for (const [name, value] of Object.entries(values)) await page.locator(`[name=${name}]`).fill(value);
  await page.locator('form[action="/checkout"] button').last().click();
  await page.waitForURL('**/thank-you/**');
}

/** `€1,234.50` in minor units. */
export const minorOf = (text: string): number => Math.round(Number(text.replace(/[^\d.]/g, '')) * 100);
