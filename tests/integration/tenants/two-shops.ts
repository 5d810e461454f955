import { randomBytes, randomUUID } from 'node:crypto';
import { addRun } from '#app/domains/activity/index.ts';
import { createBundle } from '#app/domains/bundles/index.ts';
import { createSplitTest, startSplitTest } from '#app/domains/experiments/index.ts';
import { recordDeliveries } from '#app/domains/inbox/index.ts';
import { insertMails, sealing, suppressAddresses, upsertContacts } from '#app/domains/notifications/index.ts';
import { saveOrderOfferSettings } from '#app/domains/order-offers/index.ts';
import { startSession } from '#app/domains/merchant-sessions/index.ts';
import { upsertOrders } from '#app/domains/orders/index.ts';
import { ensureAdvocate, openReferrals, usualTerms } from '#app/domains/referrals/index.ts';
import { mergeIdentity } from '#app/domains/signals/index.ts';
import { hashEmail } from '#app/infra/email-hash.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { signSessionToken } from '#sandbox/shopify/oauth/session-token.ts';
import { platformOrder } from '#tests/factories/order-payloads.ts';
import { ideaEvidence } from '#tests/factories/bundle-ideas.ts';
import { seedProducts } from '#tests/integration/bundles/catalog.ts';
import { createTestServices, insertShop, testApiKey, testApiSecret, type TestServices } from '#tests/setup/services.ts';
import type { Ids } from './ids.ts';
import { learn } from './learn.ts';
import { seedLoyalty } from './loyalty-cases.ts';
import { seedSegments } from './segment-cases.ts';
import { seedOffer } from './offer-cases.ts';

/** Everything that belongs to the other shop carries this word, so that one look finds a leak. */
export const secretWord = 'confidential-of-b';

export interface TwoShops {
  readonly test: TestServices;
  readonly a: Ids;
  readonly b: Ids;
  /** those whose rows belong to a shop */
  readonly tables: readonly string[];
  token(values?: Partial<Parameters<typeof signSessionToken>[0]>): string;
  /** signs a browser in to shop A where no admin is around the page; returns its cookie */
  signIn(): Promise<string>;
  /** everything stored of a shop, as one text */
  contents(shopId: ShopId): Promise<string>;
  close(): Promise<void>;
}

/** Two installed shops with a record of each kind. Both sell a product of one and the same id. */
export async function startTwoShops(): Promise<TwoShops> {
  const test = await createTestServices({ platforms: createPlatforms });
  const tables = await tablesOfShops(test);
  return around(test, await fill(test, 'a', 'of-a', '501'), await fill(test, 'b', secretWord, '502'), tables);
}

/** The two shops as they were filled once, for any number of copies: filling takes longer than copying. */
export async function keepTwoShops(): Promise<{ copy(): Promise<TwoShops>; close(): Promise<void> }> {
  const { test, a, b, tables } = await startTwoShops();
  await test.leave();
  return {
    copy: async () => around(await createTestServices({ platforms: createPlatforms, copyOf: test }), a, b, tables),
    close: () => test.dispose(),
  };
}

/** Every table whose rows belong to a shop: looked up once, as it takes a third of what reading all of them takes. */
async function tablesOfShops({ services }: TestServices): Promise<readonly string[]> {
  const found = await services.db.asSystem(
    ({ tx }) => tx.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'shop_id' ORDER BY 1`,
  );
  return found.map(({ name }) => name);
}

function around(test: TestServices, a: Ids, b: Ids, tables: readonly string[]): TwoShops {
  const { db } = test.services;
  return {
    test,
    a,
    b,
    tables,
    signIn: async () => {
      const session = randomUUID();
      await db.inShop(a.shopId, (scope) => startSession(scope, { token: session, origin: 'test', now: new Date() }));
      return `trellis_session=${session}`;
    },
    token: (values = {}) =>
      signSessionToken({
        domain: a.domain,
        apiKey: testApiKey,
        apiSecret: testApiSecret,
        userId: '1',
        sessionId: 's',
        now: new Date(),
        ...values,
      }),
    contents: (shopId) =>
      db.asSystem(async ({ tx }) => {
        const keys = [...tables.map((name) => [name, 'shop_id'] as const), ['shop', 'id'] as const];
        const rows = await tx.$queryRawUnsafe<{ name: string; text: string | null }[]>(
          keys
            .map(
              ([name, key]) =>
                `SELECT '${name}' AS name, string_agg(t::text, E'\\n' ORDER BY t::text) AS text FROM "${name}" t WHERE "${key}" = '${shopId}'`,
            )
            .join(' UNION ALL '),
        );
        return rows.map(({ name, text }) => `${name}: ${text ?? ''}`).join('\n');
      }),
    close: () => test.dispose(),
  };
}

async function fill(test: TestServices, letter: string, word: string, ownProduct: string): Promise<Ids> {
  const domain = `tenant-${letter}.myshopify.com`;
  const shopId = await insertShop(test.database, { domain });
  const sharedProduct = '77';
  const variant = (id: string) => ({ id: `${id}1`, priceMinor: 1000, costMinor: letter === 'b' ? 987_654 : 100 });
  await seedProducts(
    test.database,
    shopId,
    [sharedProduct, ownProduct].map((id) => ({ id, variants: [variant(id)] })),
  );
  // The secret cost leaves no margin, so the idea sells others, which any discount leaves above the floor.
  const ideaProducts = [`${ownProduct}8`, `${ownProduct}9`];
  await seedProducts(
    test.database,
    shopId,
    ideaProducts.map((id) => ({ id, variants: [{ ...variant(id), costMinor: 100 }] })),
  );
  const now = new Date();
  const delivery = randomUUID();
  await recordDeliveries(test.services.db.pool, [
    {
      platform: 'shopify',
      deliveryId: delivery,
      shopDomain: domain,
      topic: `${word}/topic`,
      apiVersion: '2026-10',
      triggeredAt: now,
      body: word,
    },
  ]);
  return test.services.db.inShop(shopId, async (scope) => {
    await scope.tx.shop.update({ where: { id: shopId }, data: { name: word } });
    await scope.tx.product.updateMany({ where: { shopId }, data: { title: `Product ${word}` } });
    const line = {
      id: '1',
      productId: sharedProduct,
      variantId: null,
      title: word,
      quantity: 1,
      unitPriceMinor: 100,
      discountMinor: 0,
      refundedQuantity: 0,
      bundleId: null,
      source: null,
    };
    await upsertOrders(scope, [
      platformOrder({ id: '9000', name: word, customerId: word, placedAt: now, lines: [line] }),
    ]);
    const advocate = await ensureAdvocate(scope, word, { now, random: randomBytes });
    await openReferrals(
      scope,
      [{ orderId: '9000', advocateId: advocate.id, how: 'code', touchedAt: now, placedAt: now }],
      usualTerms,
      now,
    );
    await scope.tx.referral.updateMany({ where: { shopId }, data: { state: 'held', appeal: word } });
    const segment = await seedSegments(scope, word, now);
    const form = {
      title: `Bundle ${word}`,
      kind: 'fixed',
      discount: { type: 'percentage', basisPoints: 1000 },
      pickCount: 0,
      startsAt: null,
      endsAt: null,
      status: 'active',
      items: [sharedProduct, ownProduct].map((productId) => ({ productId, variantId: null, quantity: 1 })),
    };
    const bundle = await createBundle(scope, form, { now, newId: randomUUID });
    if (!bundle.ok) throw new Error(JSON.stringify(bundle));
    const run = await addRun(scope, { id: randomUUID(), kind: 'import', now });
    await scope.tx.run.update({ where: { id: run.id }, data: { status: 'failed', error: word, finishedAt: now } });
    const request = await addRun(scope, { id: randomUUID(), kind: 'data-request', now });
    await scope.tx.run.update({
      where: { id: request.id },
      data: { status: 'succeeded', result: { document: { note: word } }, finishedAt: now },
    });
    const idea = letter.repeat(24);
    await scope.tx.bundleIdea.create({
      data: {
        shopId,
        id: idea,
        kind: 'fixed',
        productIds: ideaProducts,
        evidence: ideaEvidence(ideaProducts),
        rank: 1,
        foundAt: now,
        changedAt: now,
      },
    });
    const visitor = randomUUID();
    await mergeIdentity(scope, { visitorId: visitor, customerId: word, by: 'login', at: now });
    const [experiment, experimentDraft] = [randomUUID(), randomUUID()];
    for (const [id, widget] of [
      [experiment, 'together'],
      [experimentDraft, 'cart'],
    ] as const) {
      const made = await createSplitTest(
        scope,
        {
          title: `Experiment ${word}`,
          subject: { type: 'widget', id: widget },
          arms: [
            { key: 'a', share: 5000, change: {} },
            { key: 'b', share: 5000, change: { title: word } },
          ],
          trafficBps: 10_000,
          layer: '',
          effectBps: 1000,
        },
        { id, salt: id, now },
      );
      if (!made.ok) throw new Error(JSON.stringify(made));
    }
    await startSplitTest(scope, experiment, { now, productIds: [], marginBps: 4000 });
    await learn(scope, [sharedProduct, ownProduct, ...ideaProducts], now);
    // A list as the training leaves it for whoever bought lately.
    await scope.tx.$executeRaw`
      INSERT INTO recommendation (shop_id, version, surface, subject_id, items)
      SELECT shop_id, version, 'for-you', ${word}, items FROM recommendation
      WHERE shop_id = ${scope.shopId}::uuid AND surface = 'popular'`;
    await saveOrderOfferSettings(scope, { active: true, discountBps: 1000, hours: 24 });
    const redemption = await seedLoyalty(scope, word, word, now);
    const offer = await seedOffer(scope, word, word, now);
    const { secrets } = test.services;
    const email = `${word}@example.com`;
    const emailHash = hashEmail(secrets, email) ?? '';
    const person = { id: word, email, locale: 'en', tags: [], createdAt: now, updatedAt: now };
    await upsertContacts(scope, secrets, [
      { ...person, contact: { firstName: word, marketing: 'subscribed', timeZone: null } },
    ]);
    const { seal } = sealing(secrets, shopId);
    await suppressAddresses(scope, [{ emailHash, sealed: seal(email), reason: 'bounced', detail: word }], now);
    await insertMails(scope, [
      {
        template: 'notifications.test',
        topic: 'points',
        sourceKind: 'test',
        sourceId: word,
        purpose: '',
        customerId: word,
        emailHash,
        toSealed: null,
        dataSealed: seal({ url: `https://${word}.example/` }),
        requestedAt: now,
        dueAt: now,
        expiresAt: now,
      },
    ]);
    await scope.tx.mail.updateMany({ where: { shopId }, data: { state: 'failed', detail: word, dueAt: null } });
    const mail = await scope.tx.mail.findFirstOrThrow({ where: { shopId } });
    await scope.tx.webhookInbox.updateMany({ where: { shopId }, data: { status: 'failed', lastError: word } });
    const row = await scope.tx.webhookInbox.findFirstOrThrow({ where: { shopId } });
    return {
      shopId,
      domain,
      bundle: bundle.value.id,
      run: run.id,
      dataRequest: request.id,
      delivery: row.id.toString(),
      idea,
      experiment,
      experimentDraft,
      sharedProduct,
      ownProduct,
      suggestedProduct: `${ownProduct}8`,
      order: '9000',
      visitor,
      customer: word,
      segment,
      advocate: advocate.id,
      redemption,
      offer,
      mail: mail.id.toString(),
      emailHash,
    };
  });
}
