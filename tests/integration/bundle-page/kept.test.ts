import { afterAll, beforeAll, expect, it } from 'vitest';
import { beginProgramme } from '#app/domains/loyalty/index.ts';
import { bundlePage, forgetBundlePages, type PageWriter } from '#app/flows/bundle-page.ts';
import { contentOf } from '#app/flows/bundle-page-content.ts';
import { pageLanguages, pageWords } from '#app/flows/bundle-page-words.ts';
import { switchLoyalty } from '#app/flows/loyalty/programme.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { makeSet } from './tea-for-two.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

let test: TestServices;
beforeAll(async () => {
  test = await createTestServices({ platforms: createPlatforms });
});
afterAll(() => test.dispose());

const writer: PageWriter = {
  name: 'every language',
  page: (view, store) => pageLanguages.map((language) => contentOf(view, store, language).html).join('\n'),
  absence: () => 'nothing',
};

it('says of a set which of its products not everybody can buy, as long as they are kept', async () => {
  const { services } = test;
  const shopId = await insertShop(test.database);
  await seedProducts(
    test.database,
    shopId,
    ['1', '2'].map((id) => ({ id, variants: [{ id: `${id}1`, priceMinor: 1000, costMinor: 100 }] })),
  );
  const { id: name } = await makeSet(test, shopId);
  const page = async () => {
    await forgetBundlePages(services, shopId);
    const ask = { type: 'bundle' as const, name, pathPrefix: '/trellis' };
    return (await bundlePage(services, shopId, ask, writer)).text;
  };
  const notices = pageLanguages.map((language) => `<p>${pageWords[language].reserved('Product 2')}</p>`);
  const found = (text: string) => notices.filter((notice) => text.includes(notice));
  expect(found(await page())).toEqual([]);

  const settings = usualProgramme('USD');
  const exclusive = { id: 'a', fromLevel: 'gold', productIds: ['2'], collectionIds: [], until: null };
  await services.db.inShop(shopId, (scope) =>
    beginProgramme(scope, { ...settings, exclusives: [exclusive] }, 'salt', new Date()),
  );
  await switchLoyalty(services, shopId, true);
  expect(found(await page())).toEqual(notices);
  await switchLoyalty(services, shopId, false);
  expect(found(await page())).toEqual([]);
});
