import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetTold, nextToTell, readTold } from '#app/domains/access/index.ts';
import { noCodes } from '#app/domains/codes/index.ts';
import {
  beginProgramme,
  type Exclusive,
  findProgramme,
  joinProgramme,
  standingsOf,
} from '#app/domains/loyalty/index.ts';
import { invitationsOf, offerTerms } from '#app/domains/personal-offers/index.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import tellCustomers from '#app/flows/access/tell-customers.ts';
import giveOffers from '#app/flows/personal-offers/give-offers.ts';
import { saveOffer, switchOffer } from '#app/flows/personal-offers/merchant.ts';
import { readMyOffers } from '#app/flows/personal-offers/shopper.ts';
import { publishStorefront } from '#app/flows/publish-storefront.ts';
import { saveLoyalty, switchLoyalty } from '#app/flows/loyalty/programme.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import type { SandboxCustomer, SandboxProduct } from '#sandbox/shopify/model.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { visitorOf } from '#tests/integration/codes/code-store.ts';
import { installedStore } from '#tests/setup/installed-store.ts';
import { startTestStore, type TestStore } from '#tests/setup/shopify.ts';
import { usualProgramme } from '#tests/setup/usual-programme.ts';

let store: TestStore;
let shopId: ShopId;
let kept: SandboxProduct;
let early: SandboxProduct;
let free: SandboxProduct;
let gold: SandboxCustomer;
let bronze: SandboxCustomer;

const context = () => ({
  services: store.test.services,
  attempt: 1,
  lastAttempt: true,
  signal: new AbortController().signal,
});
/** Pages and customers are brought in line with what the merchant decided. */
async function publish(): Promise<void> {
  const connected = await findConnectedShop(store.test.services, shopId);
  if (!connected) throw new Error('nobody is connected');
  await publishStorefront(store.test.services, connected, [], () => Promise.resolve());
  await tellCustomers({ shopId }, context());
}

const buyer = {
  first_name: 'A',
  last_name: 'B',
  address: 'Street 1',
  zip: '10115',
  city: 'Berlin',
  card: '1',
};

/** What a shopper sees of a product, and what becomes of their order. */
async function tryToBuy(product: SandboxProduct, customer: SandboxCustomer | null) {
  const visitor = visitorOf(store.sandbox.url);
  if (customer) await visitor.form('/account/login', { email: customer.email ?? '' });
  const page = await (await visitor.get(`/products/${product.handle}`)).text();
  await visitor.post('/cart/add.js', { id: product.variants[0]?.id, quantity: 1 });
  const shown = await (await visitor.get('/checkout')).text();
  const done = await visitor.form('/checkout', { email: customer?.email ?? 'guest@example.com', ...buyer });
  return { page, shown, status: done.status };
}

const exclusive = (part: Partial<Exclusive>): Exclusive => ({
  id: 'a',
  fromLevel: 'gold',
  productIds: [kept.id],
  collectionIds: [],
  until: null,
  ...part,
});

async function keep(exclusives: readonly Exclusive[]): Promise<void> {
  const { services } = store.test;
  const programme = await services.db.inShop(shopId, findProgramme);
  if (!programme) throw new Error('there is no programme');
  const settings = { ...programme.settings, exclusives };
  const saved = await saveLoyalty(services, shopId, { revision: programme.revision, settings });
  if (!saved.ok) throw new Error(saved.message);
  await publish();
}

beforeAll(async () => {
  await buildExtensions();
  store = await startTestStore();
  ({ shopId } = await installedStore(store));
  const { services } = store.test;
  const products = [...store.sandbox.store.products.values()].filter(
    (one) =>
      one.status === 'ACTIVE' &&
      one.publishedAt !== null &&
      !one.isGiftCard &&
      (one.variants[0]?.inventoryQuantity ?? 0) > 20,
  );
  [kept, early, free] = [products[0]!, products[1]!, products[2]!];
  await seedProducts(
    store.test.database,
    shopId,
    [kept, early, free].map(({ id, variants }) => ({
      id,
      variants: variants.map((variant) => ({ id: variant.id, priceMinor: 1_000, costMinor: 100 })),
    })),
  );
  [gold, bronze] = ['gold', 'bronze'].map((name) =>
    store.sandbox.store.createCustomer({
      email: `${name}@example.com`,
      firstName: name,
      lastName: 'Member',
      locale: 'en',
    }),
  ) as [SandboxCustomer, SandboxCustomer];
  const settings = usualProgramme();
  const now = services.clock.now();
  await services.db.inShop(shopId, (scope) =>
    beginProgramme(scope, { ...settings, enrolment: 'join', holdoutBps: 0 }, 'salt', now),
  );
  await switchLoyalty(services, shopId, true);
  await services.db.inShop(shopId, async (scope) => {
    for (const { id } of [gold, bronze]) await joinProgramme(scope, id, services.clock.now());
    await scope.tx.loyaltyMember.updateMany({
      where: { shopId, customerId: gold.id },
      data: { tier: 'gold', tierSince: services.clock.now() },
    });
  });
  store.sandbox.store.put('themeBlocks', { handle: 'members-only', active: true, settings: {} });
  store.sandbox.store.put('themeBlocks', { handle: 'cart-points', active: true, settings: {} });
});
afterAll(() => store.close());

describe('products for members', () => {
  it('can be bought by members of the level alone: pages say it, and the checkout sees to it', async () => {
    await keep([exclusive({})]);
    const guest = await tryToBuy(kept, null);
    expect(guest.page).toContain('Reserved for members: Gold.');
    expect(guest.page).toContain('Log in to buy it');
    expect(guest.shown).toContain('is kept for certain members');
    expect(guest.status).toBe(422);
    const lower = await tryToBuy(kept, bronze);
    expect(lower.page).toContain('Reserved for members: Gold.');
    expect(lower.page).not.toContain('Log in to buy it');
    expect(lower.status).toBe(422);
    const member = await tryToBuy(kept, gold);
    expect(member.page).toContain('Reserved for you and others.');
    expect(member.shown).not.toContain('is kept for certain members');
    expect(member.status).toBe(303);
    const other = await tryToBuy(free, null);
    expect(other.page).not.toContain('Reserved');
    expect(other.status).toBe(303);
  });

  it('are everybody’s again once the merchant takes them off, and the checkout asks nobody', async () => {
    await keep([]);
    const guest = await tryToBuy(kept, null);
    expect(guest.page).not.toContain('Reserved');
    expect(guest.status).toBe(303);
    expect(store.sandbox.store.validations.size).toBe(0);
  });

  it('say from which day on everybody may buy them', async () => {
    const until = new Date(store.test.services.clock.now().getTime() + 30 * 86_400_000);
    await keep([exclusive({ until: until.toISOString() })]);
    expect((await tryToBuy(kept, null)).page).toMatch(/Everybody can buy it from [A-Z][a-z]+ \d{1,2}, \d{4}\./);
    await keep([]);
  });

  it('are told to the store once: what has not changed is not told again', async () => {
    await publish();
    const left = await store.test.services.db.inShop(shopId, (scope) =>
      nextToTell(
        scope,
        {
          standings: standingsOf(shopId),
          invitations: invitationsOf(shopId, store.test.services.clock.now()),
          codes: noCodes,
        },
        10,
      ),
    );
    expect(left).toEqual([]);
    const told = await store.test.services.db.inShop(shopId, (scope) => readTold(scope, [gold.id]));
    expect(told).toMatchObject([{ customerId: gold.id, tier: 'gold', offers: [] }]);
  });

  it('a balance stands in the cart of whoever is logged in, and in nobody else’s', async () => {
    await publish();
    const points = (await store.test.services.db.inShop(shopId, (scope) => readTold(scope, [gold.id])))[0]?.points ?? 0;
    expect(points).toBeGreaterThan(0);
    const cartOf = async (customer: SandboxCustomer | null): Promise<string> => {
      const visitor = visitorOf(store.sandbox.url);
      if (customer) await visitor.form('/account/login', { email: customer.email ?? '' });
      await visitor.post('/cart/add.js', { id: free.variants[0]?.id, quantity: 1 });
      return (await visitor.get('/cart')).text();
    };
    expect(await cartOf(gold)).toContain(`You have ${String(points)} points.`);
    expect(await cartOf(null)).not.toContain('You have');
  });
});

it('the launcher’s panel knows the level, the balance and how far the next one is', async () => {
  const { services } = store.test;
  store.sandbox.store.put('themeBlocks', { handle: 'rewards-launcher', active: true, settings: {} });
  const panelOf = async (customer: SandboxCustomer | null): Promise<string> => {
    const visitor = visitorOf(store.sandbox.url);
    if (customer) await visitor.form('/account/login', { email: customer.email ?? '' });
    const html = await (await visitor.get('/')).text();
    return (/<details>(.*?)<\/details>/s.exec(html)?.[1] ?? '').replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  };
  const figureOf = async (customer: SandboxCustomer, figure: bigint) => {
    await services.db.inShop(shopId, (scope) =>
      scope.tx.loyaltyMember.updateMany({ where: { shopId, customerId: customer.id }, data: { tierFigure: figure } }),
    );
    await publish();
  };
  await figureOf(gold, 9_999n);
  expect(await panelOf(gold)).toContain('Your level: Gold');
  await figureOf(bronze, 70n);
  expect(await panelOf(bronze)).toMatch(/Your balance \d+ points .*On the way to Silver: 70 \/ \d+ points/);
  await figureOf(bronze, 0n);
  expect(await panelOf(bronze)).toMatch(/On the way to Silver: 0 \//);
  expect(await panelOf(null)).toMatch(/Create an account Log in .*Rewards .*Levels .*All rewards, codes and history/);

  const newcomer = store.sandbox.store.createCustomer({
    email: 'newcomer@example.com',
    firstName: 'New',
    lastName: 'Comer',
    locale: 'en',
  });
  await publish();
  expect(await panelOf(newcomer)).toMatch(/Join now .*Levels /);
  expect(await panelOf(newcomer)).not.toContain('Your balance');
  await services.db.inShop(shopId, (scope) => joinProgramme(scope, newcomer.id, services.clock.now()));
  await publish();
  expect(await panelOf(newcomer)).toContain('Your balance');
  expect(await panelOf(newcomer)).not.toContain('Join now');
});

describe('early access as a personal offer', () => {
  it('keeps products for whoever got the offer, until its day or its end', async () => {
    const { services } = store.test;
    const until = new Date(services.clock.now().getTime() + 10 * 86_400_000).toISOString();
    const terms = offerTerms.parse({
      trigger: { type: 'tier', tierIds: [] },
      gift: { type: 'early-access', productIds: [early.id], until },
      minSubtotalMinor: null,
      validDays: 30,
      budget: { minor: null, count: null },
      cap: { times: 1, days: 30 },
      channels: { mail: true, store: true },
      note: '',
      holdoutBps: 500,
      until: null,
    });
    const saved = await saveOffer(services, shopId, null, { title: 'Before others', terms, revision: 0 });
    if (!saved.ok) throw new Error(saved.message);
    const { id } = saved.value;
    await switchOffer(services, shopId, id, { intent: 'start' });
    // Nobody of these two is drawn into the group without.
    await services.db.inShop(shopId, (scope) =>
      scope.tx.personalOfferGrant.create({
        data: {
          shopId,
          id: crypto.randomUUID(),
          offerId: id,
          customerId: bronze.id,
          occurrence: `test:${randomBytes(4).toString('hex')}`,
          enteredAt: services.clock.now(),
          state: 'given',
          size: 1,
          endsAt: new Date(until),
          decidedAt: services.clock.now(),
        },
      }),
    );
    const told = () =>
      services.db.inShop(shopId, (scope) =>
        scope.tx.personalOfferGrant.findFirstOrThrow({ where: { shopId, customerId: bronze.id } }),
      );
    // Before the store lets the customer buy, nobody says so.
    await giveOffers({ shopId }, context());
    expect((await told()).toldAt).toBeNull();
    await publish();
    await giveOffers({ shopId }, context());
    expect((await told()).toldAt).not.toBeNull();
    expect((await tryToBuy(early, null)).page).toContain('Reserved for customers who are invited.');
    expect((await tryToBuy(early, gold)).status).toBe(422);
    expect((await tryToBuy(early, bronze)).status).toBe(303);
    const mine = await services.db.inShop(shopId, (scope) =>
      readMyOffers(scope, bronze.id, { currency: 'EUR', now: services.clock.now() }),
    );
    expect(mine).toMatchObject([{ code: null, gift: { kind: 'early-access' } }]);
    await switchOffer(services, shopId, id, { intent: 'end' });
    await publish();
    expect((await tryToBuy(early, null)).status).toBe(303);
  });
});

it('who is erased is forgotten here, too', async () => {
  const { services } = store.test;
  await services.db.inShop(shopId, (scope) => forgetTold(scope, [gold.id]));
  expect(await services.db.inShop(shopId, (scope) => readTold(scope, [gold.id]))).toEqual([]);
});
