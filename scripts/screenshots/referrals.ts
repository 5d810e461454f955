import { app, type Tour } from './tour.ts';
import { buyerAddress } from './visitors.ts';

/** The programme for friends with a first friend; the page must be signed in as a customer of the store. */
export async function referralPictures({ page, store, admin, picture }: Tour): Promise<void> {
  await page.goto(`${admin}/referrals/programme`);
  await app(page).getByText('What it would have cost').waitFor();
  await picture('referral-programme');
  await app(page).getByLabel('Customers can recommend the store').check({ force: true });
  // Whose page is shown must not be one of them.
  await app(page).getByLabel('Customers who are not asked').fill('');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.locator('#save-bar').waitFor({ state: 'hidden' });
  do await page.goto(`${store}/apps/trellis/rewards`);
  while (!(await page.getByLabel('Your link').isVisible()));
  const { pathname } = new URL(await page.getByLabel('Your link').inputValue());

  const friend = await page.context().browser()?.newContext({ locale: 'en-US', timezoneId: 'UTC' });
  if (!friend) throw new Error('The page has no browser.');
  const theirs = await friend.newPage();
  await theirs.goto(`${store}${pathname}`);
  await theirs.getByRole('link', { name: 'Start shopping' }).click();
  await theirs.waitForURL('**/collections/**');
  await theirs.locator('main .card:not(:has(.tag)) a').nth(5).click();
  await theirs.locator('.product__buy button').click();
  await theirs.waitForURL('**/cart');
  // The store has the friend's code as soon as a job has made it there.
  const code = pathname.split('/').at(-1) ?? '';
  do await theirs.goto(`${store}/checkout`);
  while (!(await theirs.getByText(code, { exact: true }).isVisible()));
  const told = { ...buyerAddress, first_name: 'Torvald', last_name: 'Lund', address: '7 Harbour Street', zip: '20457' };
  for (const [name, value] of Object.entries({ email: 'torvald@example.org', ...told }))
    await theirs.locator(`[name=${name}]`).fill(value);
  await theirs.locator('form[action="/checkout"] button').last().click();
  await theirs.waitForURL('**/thank-you/**');
  await friend.close();

  do {
    await page.goto(`${admin}/referrals`);
    await app(page).getByText('From a share to a reward').waitFor();
  } while (!(await app(page).getByText('1 first order').isVisible()));
  await picture('referrals');
  await page.goto(`${admin}/referrals/review`);
  await app(page).getByRole('heading', { name: 'Referrals to review' }).waitFor();
  await picture('referral-review');
}
