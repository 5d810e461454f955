import type { Page } from '@playwright/test';

export interface Batch {
  readonly visitorId: string;
  readonly events: readonly { id: string; kind: string; productId?: string; dwellMs?: number }[];
}

/** Keeps what is sent as a page is left, which no tool of the browser reports, for the pages after it. */
export async function keepBeacons(page: Page): Promise<() => Promise<Batch[]>> {
  await page.addInitScript(() => {
    const send = navigator.sendBeacon.bind(navigator);
    navigator.sendBeacon = (url, body) => {
      sessionStorage.setItem(`beacon-${crypto.randomUUID()}`, typeof body === 'string' ? body : '');
      return send(url, body);
    };
  });
  return async () =>
    (await page.evaluate(() =>
      Object.entries(sessionStorage).flatMap(([key, body]) =>
        key.startsWith('beacon-') ? [JSON.parse(String(body)) as unknown] : [],
      ),
    )) as Batch[];
}
