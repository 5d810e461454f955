import { expect, type Page } from '@playwright/test';
import { storeUrl } from './test.ts';

/** Answers the store's question for consent. */
export async function answerConsent(page: Page, choice: 'yes' | 'no'): Promise<void> {
  await page.goto(storeUrl());
  await page.locator(`[data-consent-choice=${choice}]`).click();
  await expect(page.locator('[data-consent]')).toBeHidden();
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

/**
 * Gives the browser the id of a visitor of the held-out share, or of the others: a journey must not depend on
 * which of them it happens to be. Ids are tried until the script of the page that is open decides as wanted.
 */
export async function becomeVisitor(page: Page, who: 'held out' | 'not held out'): Promise<void> {
  await openProductWithBlock(page);
  const decide = await page.evaluate(
    () => [...document.scripts].find((each) => each.textContent.includes('trellisHeld'))?.textContent ?? '',
  );
  for (let attempt = 0; attempt < 400; attempt += 1) {
    await page.evaluate(() => {
      delete document.documentElement.dataset['trellisHeld'];
      localStorage.setItem('_trellis_visitor', crypto.randomUUID());
    });
    await page.evaluate(decide);
    const held = await page.evaluate(() => document.documentElement.dataset['trellisHeld'] !== undefined);
    if (held === (who === 'held out')) {
      await page.reload();
      return;
    }
  }
  throw new Error(`no visitor is ${who}`);
}
