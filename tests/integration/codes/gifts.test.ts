import { afterAll, beforeAll, expect, it } from 'vitest';
import { giveStoreCredit, issueGiftCard, noteGiving, readGift } from '#app/domains/codes/index.ts';
import { giftCardCode } from '#app/flows/codes/give-gifts.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { givenBy } from '#sandbox/shopify/admin-api/gifts.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import { type CodeDesk, codeDesk } from './code-store.ts';

let store: TestStore;
let shopId: ShopId;
let desk: CodeDesk;
beforeAll(async () => {
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
  desk = codeDesk(store.test, shopId);
});
afterAll(() => store.close());

const now = new Date();
const sourceOf = (id: string) => ({ kind: 'gift-test', id, purpose: '' });
const wish = (id: string, customerId: string) => ({
  ...{ source: sourceOf(id), customerId, amountMinor: 1_050, currency: store.sandbox.store.shop.currency },
  ...{ expiresAt: null, note: 'Points' },
});
const inShop = <T>(work: Parameters<TestStore['test']['services']['db']['inShop']>[1]) =>
  store.test.services.db.inShop(shopId, work) as Promise<T>;
const read = (id: string) => store.test.services.db.inShop(shopId, (scope) => readGift(scope, sourceOf(id)));
const anybody = (): string => [...store.sandbox.store.customers.keys()][0]!;

it('a gift card is made once for its source, with a code that only the holder learns', async () => {
  await inShop((scope) => issueGiftCard(scope, wish('card', anybody()), now));
  expect(await inShop((scope) => issueGiftCard(scope, wish('card', anybody()), now))).toMatchObject({
    outcome: 'already',
  });
  await desk.publish();
  const gift = (await read('card'))!;
  const code = giftCardCode(store.test.services, shopId, gift);
  expect([gift.state, gift.sealedCode?.includes(code!)]).toEqual(['given', false]);
  const cards = () => givenBy(store.sandbox.store).filter((one) => one.code === code);
  expect(cards()).toMatchObject([{ amount: 10.5 }]);
  // As if the note had been lost: asked for again, the store has the card already.
  await inShop((scope) => noteGiving(scope, gift.id, gift.sealedCode));
  await desk.publish();
  expect([cards().length, (await read('card'))?.state]).toEqual([1, 'given']);
});

it('store credit is given once; where nobody knows whether it was, it is not given again', async () => {
  await inShop((scope) => giveStoreCredit(scope, wish('credit', anybody()), now));
  await desk.publish();
  await desk.publish();
  const credits = () => givenBy(store.sandbox.store).filter((one) => one.code === null).length;
  expect([credits(), (await read('credit'))?.state]).toEqual([1, 'given']);
  const known = (await read('credit'))!;
  await inShop((scope) => noteGiving(scope, known.id, null));
  await desk.publish();
  expect(credits()).toBe(1);
  expect(await read('credit')).toMatchObject({
    state: 'unsure',
    refusal: expect.stringContaining('not known') as string,
  });
});

it('what the store refuses is said', async () => {
  await inShop((scope) => giveStoreCredit(scope, wish('nobody', '1'), now));
  await desk.publish();
  expect(await read('nobody')).toMatchObject({ state: 'refused', refusal: expect.stringContaining('Owner') as string });
});
