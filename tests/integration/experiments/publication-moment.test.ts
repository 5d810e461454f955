import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Platform } from '#app/platforms/platform.ts';
import { openPriceTests, percent, type PriceTests } from './price-tests.ts';
import { onPages } from './published-tests.ts';

let tests: PriceTests;
beforeAll(async () => {
  tests = await openPriceTests();
});
afterAll(() => tests.store.close());

it('a price test that starts while pages are written is announced only when they know its versions', async () => {
  const { services } = tests;
  const { shopify } = services.platforms;
  if (!shopify) throw new Error('there is no adapter');
  const id = await tests.draft(await tests.bundleOf(tests.products), percent(2500));
  const meanwhile: Platform = {
    ...shopify,
    async publishProducts(ref, pages) {
      await tests.change(id, 'start');
      return shopify.publishProducts(ref, pages);
    },
  };
  await tests.publish({ ...services, platforms: { ...services.platforms, shopify: meanwhile } });
  expect(onPages(tests.store)).toEqual({ tests: [], versions: false });
  await tests.publish();
  expect(onPages(tests.store)).toMatchObject({ tests: [{}], versions: true });
});
