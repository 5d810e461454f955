import type { Page } from '@playwright/test';
import { app, expect, storeUrl } from './test.ts';

/** Address of a page of the app in the store's admin. */
export const admin = (path: string): string => `${storeUrl()}/admin/apps/trellis${path}`;
/** Says yes in the dialog that is open. */
export const confirm = (page: Page, label: string): Promise<void> =>
  app(page).getByRole('dialog').getByRole('button', { name: label, exact: true }).click();

/** Makes an experiment of two halves, starts it and gives its id. */
export async function startExperiment(page: Page, subject: string, fill: () => Promise<void>): Promise<string> {
  await page.goto(admin('/experiments/new'));
  await app(page)
    .getByLabel('Name', { exact: true })
    .fill(`Test ${Date.now().toString(36)}`);
  await app(page).getByLabel('What do you want to test?').selectOption(subject);
  await fill();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL(/\/experiments\/[0-9a-f-]{36}$/);
  await app(page).getByRole('button', { name: 'Start', exact: true }).click();
  await confirm(page, 'Start');
  await expect(app(page).getByText('Waiting for visitors')).toBeVisible();
  return page.url().split('/').at(-1) ?? '';
}

/** Ends it, so that everybody sees the store as it stands. */
export async function stopExperiment(page: Page, id: string): Promise<void> {
  await page.goto(admin(`/experiments/${id}`));
  await app(page).getByRole('button', { name: 'Stop', exact: true }).click();
  await confirm(page, 'Stop');
  await expect(app(page).getByText('Stopped', { exact: true })).toBeVisible();
}

/** Waits until the store knows, or has forgotten, these experiments. */
export async function untilPublished(page: Page, link: string, ids: readonly string[], there: boolean): Promise<void> {
  await expect(async () => {
    const html = await (await page.request.get(link)).text();
    expect(ids.map((id) => html.includes(id))).toEqual(ids.map(() => there));
  }).toPass({ timeout: 60_000 });
}
