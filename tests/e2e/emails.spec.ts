import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { app, expect, storeUrl, test } from '#tests/e2e/setup/test.ts';

const emails = (rest = '') => `${storeUrl()}/admin/apps/trellis/emails${rest}`;

/** Nothing on the page is hard to use for somebody who sees or hears little, or uses no mouse. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}

test('a merchant tries an e-mail, its reader chooses what comes, and the log says what became of it', async ({
  page,
  context,
}) => {
  const reader = 'reader@example.com';
  await page.goto(emails());
  await app(page).getByRole('link', { name: 'Test e-mail' }).click();

  await test.step('the preview follows the language', async () => {
    await app(page).getByLabel('Language').selectOption('de');
    await expect(
      app(page)
        .getByText(/^Test-E-Mail von/)
        .first(),
    ).toBeVisible();
    const preview = app(page).frameLocator('iframe[title="Preview: Test e-mail"]');
    await expect(preview.getByRole('heading', { name: 'Es funktioniert' })).toBeVisible();
    await app(page).getByRole('button', { name: 'Phone' }).click();
    const width = await app(page)
      .locator('.mail-preview')
      .evaluate((frame) => frame.clientWidth);
    expect(width).toBeLessThanOrEqual(375);
  });

  await test.step('a test is sent', async () => {
    await app(page).getByLabel('To', { exact: true }).fill(reader);
    await app(page).getByRole('button', { name: 'Send test' }).click();
    await expect(app(page).getByText(`A test is on its way to ${reader}`).first()).toBeVisible();
  });

  await test.step('its reader chooses', async () => {
    const mailbox = await context.newPage();
    const mail = mailbox.getByRole('row').filter({ hasText: reader }).first();
    await expect(async () => {
      await mailbox.goto(`${storeUrl()}/mailbox`);
      await expect(mail).toBeVisible({ timeout: 1_000 });
    }).toPass();
    await mail.getByRole('link').click();
    const opened = context.waitForEvent('page');
    await mailbox.frameLocator('iframe[title="Mail"]').getByRole('link', { name: 'E-Mails auswählen' }).click();
    const choices = await opened;
    await expect(choices.getByRole('heading', { name: /^Ihre E-Mails von/ })).toBeVisible();
    await choices.getByLabel('Punkte und Prämien').uncheck();
    await choices.getByRole('button', { name: 'Speichern' }).click();
    await expect(choices.getByRole('status')).toHaveText('Ihre Auswahl ist gespeichert.');
    await expect(choices.getByLabel('Punkte und Prämien')).not.toBeChecked();
    await expectAccessible(choices);
    await choices.close();
    await mailbox.close();
  });

  await test.step('the log says why it was sent', async () => {
    await page.goto(emails(`?view=log&search=${reader}`));
    const row = app(page).getByRole('listitem').filter({ hasText: reader }).first();
    await expect(row).toContainText('Sent');
    await expect(row).toContainText('For you: it was a test.');
    await expect(row).toContainText('needs no consent');
  });

  await test.step('an address goes on the list of those without mails, and off again', async () => {
    await app(page).getByRole('tab', { name: 'Addresses without mails' }).click();
    await app(page).getByLabel('Add addresses').fill('Nobody@example.com');
    await app(page).getByRole('button', { name: 'Add', exact: true }).click();
    const entry = app(page).getByRole('listitem').filter({ hasText: 'Nobody@example.com' });
    await expect(entry).toContainText('Put here by you');
    await entry.getByRole('button').click();
    await expect(entry).toHaveCount(0);
  });

  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(emails('?view=settings'));
  await expect(app(page).getByLabel('Sender name')).toBeVisible();
  const wide = await app(page)
    .locator('html')
    .evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await expectAccessible(page);
});
