import { randomBytes, randomUUID } from 'node:crypto';
import { customerSubject, noteKeys } from '#app/domains/identity/index.ts';
import { defaultProgramme, beginProgramme, switchProgramme } from '#app/domains/loyalty/index.ts';
import { insertOffer, offerTemplates, updateOffer, findOffer } from '#app/domains/personal-offers/index.ts';
import { trainRecommendations } from '#app/domains/recommendations/index.ts';
import { ensureAdvocate, saveProgramme, usualTerms } from '#app/domains/referrals/index.ts';
import { createSegment, fitScores, segmentTemplates } from '#app/domains/segments/index.ts';
import type { Database } from '#app/infra/database.ts';
import type { ShopId } from '#app/shared/ids.ts';

export const customers = 5_000;
export const products = 400;
export const advocates = 100;
export const customerId = (index: number): string => String(9_000_000_000_001 + index);
export const productId = (index: number): string => String(7_000_000_000_001 + index);
export const variantId = (index: number): string => String(8_000_000_000_001 + index);
const currency = 'USD';
const linesOfOrder = 4;

/** A catalog with costs, two earlier orders of each customer but every tenth, and suggestions learnt from them. */
export async function fillShop(db: Database, shopId: ShopId): Promise<void> {
  await db.inShop(shopId, async ({ tx }) => {
    await tx.$executeRaw`
      INSERT INTO product (shop_id, id, handle, title, tags, collection_ids, status, published, gift_card, platform_updated_at, platform_created_at)
      SELECT ${shopId}::uuid, (7000000000001 + n)::text, 'product-' || n, 'Product ' || n, '{}', '{}', 'active', true, false, now(), now()
      FROM generate_series(0, ${products - 1}::int) n`;
    await tx.$executeRaw`
      INSERT INTO variant (shop_id, id, product_id, title, position, price_minor, cost_minor, stock)
      SELECT ${shopId}::uuid, (8000000000001 + n)::text, (7000000000001 + n)::text, 'M', 1, 1999, 900, 100
      FROM generate_series(0, ${products - 1}::int) n`;
    await tx.$executeRaw`
      INSERT INTO "order" (shop_id, id, name, customer_id, currency, subtotal_minor, discount_minor, total_minor, placed_at, platform_updated_at)
      SELECT ${shopId}::uuid, 'past-' || n, '#' || n, (9000000000001 + n / 2)::text, ${currency},
        2000 + n % 97 * 100, 0, 2000 + n % 97 * 100, moment, moment
      FROM generate_series(0, ${customers * 2 - 1}::int) n, LATERAL (SELECT now() - (n % 600 + 2) * interval '1 day' AS moment) m
      WHERE n / 2 % 10 <> 0`;
    await tx.$executeRaw`
      INSERT INTO order_line (shop_id, order_id, id, product_id, quantity, unit_price_minor)
      SELECT shop_id, id, l::text, (7000000000001 + (substr(id, 6)::int * 13 + l * 29) % ${products}::int)::text, 1, 1999
      FROM "order", generate_series(0, ${linesOfOrder - 1}::int) AS l WHERE shop_id = ${shopId}::uuid`;
  });
  const services = { db, clock: { now: () => new Date() } };
  await trainRecommendations(services, shopId, () => Promise.resolve(), new AbortController().signal);
}

/** How often the lists of the active version were brought up to date. */
export const listsFreshened = (db: Database, shopId: ShopId): Promise<number> =>
  db.inShop(shopId, async ({ tx }) => {
    const versions = await tx.recommendationVersion.findMany({ select: { revision: true } });
    return versions.reduce((sum, { revision }) => sum + revision, 0);
  });

/** The shop uses all that follows an order: groups, loyalty, referrals, segments of its own, personal offers. */
export async function switchEverythingOn(db: Database, shopId: ShopId): Promise<void> {
  const now = new Date(Date.now() - 3_600_000);
  await db.inShop(shopId, (scope) => fitScores(scope, currency, now), { timeoutMs: 60_000 });
  await db.inShop(shopId, async (scope) => {
    const margins = { averageOrderMinor: 24_000, marginBps: 5_000, minMarginBps: 1_000 };
    const settings = defaultProgramme({ currency, digits: 2, ...margins, write: (minor) => `$${String(minor / 100)}` });
    await beginProgramme(scope, settings, 'bench', now);
    await switchProgramme(scope, true, now);
    await saveProgramme(scope, { active: true, terms: usualTerms }, now);
    for (const { name, definition } of segmentTemplates(50_000)) {
      await createSegment(scope, randomUUID(), { name, definition }, now);
    }
    await scope.tx.segment.updateMany({ data: { filledRevision: 1 } });
    for (const template of ['win-back', 'second-order', 'goes-with', 'level'] as const) {
      const id = randomUUID();
      await insertOffer(scope, { id, ...offerTemplates[template], salt: id }, now);
      const offer = await findOffer(scope, id);
      if (offer) await updateOffer(scope, offer, { status: 'live', liveFrom: now }, now);
    }
  });
}

/** Codes by which friends are known. */
export const advocateCodes = (db: Database, shopId: ShopId): Promise<string[]> =>
  db.inShop(shopId, async (scope) => {
    const codes: string[] = [];
    for (let index = 0; index < advocates; index += 1) {
      const id = customerId(index * 10 + 1);
      // Of whom nothing is known has friends that wait, and no reward is booked.
      await noteKeys(scope, [{ subject: customerSubject(id), keys: [{ kind: 'email', hash: `advocate ${id}` }] }]);
      codes.push(
        (await ensureAdvocate(scope, id, { now: new Date(Date.now() - 3_600_000), random: randomBytes })).code,
      );
    }
    return codes;
  });
