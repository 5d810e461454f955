import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteTold } from '#app/domains/access/index.ts';
import { beginProgramme } from '#app/domains/loyalty/index.ts';
import { trainRecommendations } from '#app/domains/recommendations/index.ts';
import type { CartSuggestion } from '#app/flows/cart-suggestion.ts';
import { createCartAnswers } from '#app/flows/suggest-for-cart.ts';
import { switchLoyalty } from '#app/flows/loyalty/programme.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { insertHistory } from '#tests/integration/recommendations/insert-history.ts';
import { createTestServices, insertShop, type TestServices } from '#tests/setup/services.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

let time = new Date('2026-03-02T00:00:00Z');
let made: TestServices;
let shop: ShopId;

beforeAll(async () => {
  made = await createTestServices({ clock: { now: () => time }, platforms: createPlatforms });
  const { services } = made;
  shop = await insertShop(made.database);
  await insertHistory(made.database, shop);
  await trainRecommendations(services, shop, () => Promise.resolve(), new AbortController().signal);
});
afterAll(() => made.dispose());

const everybody = { visitorId: null, customerId: null };

it('a product for members is suggested to them alone, from the moment on at which it is kept', async () => {
  const { services } = made;
  const answers = createCartAnswers(services);
  const ask = async (customerId: string | null) => {
    const { text } = await answers.answer(shop, { products: ['1'], limit: 4, ...everybody, customerId });
    return (JSON.parse(text) as { suggestions: CartSuggestion[] }).suggestions.map(({ productId }) => productId);
  };
  const before = await ask(null);
  const [kept = ''] = before;
  expect(before).toHaveLength(4);

  const settings = usualProgramme();
  const exclusive = { id: 'a', fromLevel: 'gold', productIds: [kept], collectionIds: [], until: null };
  await services.db.inShop(shop, async (scope) => {
    await beginProgramme(scope, { ...settings, exclusives: [exclusive] }, 'salt', time);
    await noteTold(
      scope,
      [{ customerId: 'c1', points: 0, figure: 0, tier: 'gold', offers: [], member: true, code: '' }],
      time,
    );
    await noteTold(
      scope,
      [{ customerId: 'c2', points: 5, figure: 0, tier: 'bronze', offers: [], member: true, code: '' }],
      time,
    );
  });
  await switchLoyalty(services, shop, true);
  // How things stand in a shop is looked up anew after some seconds.
  time = new Date(time.getTime() + 11_000);

  const guest = await ask(null);
  expect(guest).not.toContain(kept);
  expect(guest).toHaveLength(4);
  expect(await ask('c1')).toContain(kept);
  expect(await ask('c2')).not.toContain(kept);
  expect(await ask('nobody')).not.toContain(kept);
});
