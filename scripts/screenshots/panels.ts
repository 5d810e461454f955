import type { Tour } from './tour.ts';

/** What shoppers see after adding, by how the theme shows its cart. */
export async function panelPictures({ page, store, picture }: Tour): Promise<void> {
  for (const [type, name] of [
    ['drawer', 'cart-drawer'],
    ['notification', 'after-adding'],
  ] as const) {
    await page.request.post(`${store}/theme-settings`, { form: { cart_type: type } });
    await page.goto(`${store}/collections/all`);
    await page.locator('main .card a').first().click();
    await page.locator('.product__buy button').click();
    await page.getByRole('dialog').locator('.trellis-card').first().waitFor();
    await picture(name);
  }
  await page.request.post(`${store}/theme-settings`, { form: { cart_type: 'page' } });
}
