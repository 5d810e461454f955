import { describe, expect, it } from 'vitest';
import {
  deleteBundle,
  getAnyBundle,
  listBundles,
  liveBundlesForPublication,
  setBundleStatus,
} from '#app/domains/bundles/index.ts';
import { defaultIncentiveRules } from '#app/domains/incentives/index.ts';
import { lockExperiments } from '#app/domains/experiments/index.ts';
import {
  getRule,
  noteOffersChanged,
  type Rule,
  type RuleFormInput,
  type RuleResult,
} from '#app/domains/recommendations/index.ts';
import { cartToExplainSchema, explainCart } from '#app/flows/explain-cart.ts';
import { changingRules, removeRule, saveRule, switchRule } from '#app/flows/rule-offers.ts';
import { seedProducts } from './catalog.ts';
import { waitFor } from '#tests/setup/shopify.ts';
import { context, later, now, setUpBundleShops } from './shop.ts';

const { inShop, shops } = setUpBundleShops();
const products = (...ids: string[]) => ({ kind: 'products' as const, ids });
const form = (values: Partial<RuleFormInput> = {}): RuleFormInput => ({
  title: 'Cup with the tea',
  action: 'suggest',
  status: 'on',
  surfaces: ['cart'],
  target: products('2'),
  condition: products('1'),
  strengthPercent: 0,
  savingBps: 2000,
  bundleId: null,
  startsAt: null,
  endsAt: null,
  ...values,
});
const save = (values: Partial<RuleFormInput> = {}, id: string | null = null, revision = 0): Promise<RuleResult<Rule>> =>
  changingRules(() => inShop((scope) => saveRule(scope, { id, revision, form: form(values) }, context)));
async function saved(values: Partial<RuleFormInput> = {}, before?: Rule): Promise<Rule> {
  const result = await save(values, before?.id, before?.revision);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}
const offersAt = async (at = now): Promise<string[]> => {
  const live = await inShop((scope) =>
    liveBundlesForPublication(scope, { now: at, currency: 'USD', rules: defaultIncentiveRules, discountTitle: '' }),
  );
  return live.offers.map(({ id }) => id);
};
const explained = (cart = '1,2', minMarginBps = 0) =>
  inShop((scope) =>
    explainCart(scope, cartToExplainSchema.parse({ cart }), {
      currency: 'USD',
      rules: { ...defaultIncentiveRules, minMarginBps },
      now,
    }),
  );

describe('a rule that gives a percentage by itself', () => {
  it('takes it off what it suggests, named by the rule, in the carts that hold what it asks for', async () => {
    const rule = await saved();
    expect(rule).toMatchObject({ savingBps: 2000, bundleId: rule.id });
    expect(await offersAt()).toEqual([rule.id]);
    const [asked, suggested] = (await explained()).lines;
    expect(asked?.discountMinor).toBe(0);
    expect(suggested?.discountMinor).toBe(Math.round((suggested?.priceMinor ?? 0) * 0.2));
    expect(suggested?.offers).toEqual(['Cup with the tea']);
    const alone = await inShop((scope) =>
      explainCart(scope, cartToExplainSchema.parse({ cart: '2' }), {
        currency: 'USD',
        rules: defaultIncentiveRules,
        now,
      }),
    );
    expect(alone.discountMinor).toBe(0);
  });

  it.each([
    [
      'each other',
      [
        ['1', '2'],
        ['2', '1'],
      ],
    ],
    [
      'the next one in a ring',
      [
        ['1', '2'],
        ['2', '3'],
        ['3', '1'],
      ],
    ],
  ])('gives its saving once where rules ask for %s', async (_, ring) => {
    const { database, shop } = shops();
    await seedProducts(database, shop, [{ id: '3', variants: [{ id: '31', priceMinor: 900, costMinor: 300 }] }]);
    for (const [asked = '', suggested = ''] of ring)
      await saved({ title: `${asked} to ${suggested}`, condition: products(asked), target: products(suggested) });
    expect(await offersAt()).toHaveLength(ring.length);
    const [once, again] = [await explained('1,2,3'), await explained('1,2,3')];
    expect(again).toEqual(once);
    expect(once.discountMinor).toBeGreaterThan(0);
    for (const { discountMinor, priceMinor } of once.lines)
      expect(discountMinor).toBeLessThanOrEqual(Math.round(priceMinor * 0.2));
  });

  it('asks for nothing that it suggests itself', async () => {
    expect(await save({ condition: products('1'), target: products('1', '2') })).toMatchObject({
      ok: false,
      fields: { savingBps: 'A product cannot be suggested to itself' },
    });
  });

  it('never goes below the margin', async () => {
    await saved({ savingBps: 9000 });
    const { marginBps, discountMinor } = await explained('1,2', 3000);
    expect(discountMinor).toBeGreaterThan(0);
    expect(marginBps).toBeGreaterThanOrEqual(3000);
  });

  it('follows the rule: its dates, its switch, its percentage and its end', async () => {
    const dated = await saved({ startsAt: later(10).toISOString(), endsAt: later(20).toISOString() });
    expect(await Promise.all([offersAt(), offersAt(later(15)), offersAt(later(20))])).toEqual([[], [dated.id], []]);

    const changed = await saved({ savingBps: 500, title: 'Less' }, dated);
    const found = await inShop((scope) => getAnyBundle(scope, dated.id, now));
    expect(found).toMatchObject({ value: { phase: 'live', bundle: { title: 'Less', terms: { basisPoints: 500 } } } });

    const off = await inShop((scope) =>
      switchRule(scope, { id: dated.id, revision: changed.revision, status: 'off' }, { now }),
    );
    expect(off.ok).toBe(true);
    expect(await offersAt()).toEqual([]);
    if (off.ok) await inShop((scope) => switchRule(scope, { ...off.value, status: 'on' }, { now }));
    expect(await offersAt()).toEqual([dated.id]);

    await inShop((scope) => removeRule(scope, dated.id, { now }));
    expect(await offersAt()).toEqual([]);
    expect((await inShop((scope) => listBundles(scope, {}, now))).total).toBe(0);
  });

  it('comes back with its rule where its offer was paused or deleted by hand, and ends where the saving is taken back', async () => {
    const rule = await saved();
    await inShop((scope) => setBundleStatus(scope, rule.id, 'paused', { now }));
    const again = await saved({}, rule);
    expect(await offersAt()).toEqual([rule.id]);
    await inShop((scope) => deleteBundle(scope, rule.id, { now }));
    const third = await saved({}, again);
    expect(await offersAt()).toEqual([rule.id]);
    expect(await saved({ savingBps: 0 }, third)).toMatchObject({ bundleId: null });
    expect(await offersAt()).toEqual([]);
  });

  it.each(['saved', 'switched', 'deleted'] as const)(
    'is %s while the store is told, and neither waits for ever',
    async (how) => {
      const { database } = shops();
      const rule = await saved();
      const change = (): Promise<RuleResult<unknown>> => {
        if (how === 'saved') return save({ savingBps: 1000 }, rule.id, rule.revision);
        return how === 'switched'
          ? inShop((scope) => switchRule(scope, { ...rule, status: 'off' }, { now }))
          : inShop((scope) => removeRule(scope, rule.id, { now }));
      };
      const waits = async (): Promise<boolean> => {
        const { rows } = await database.db.pool.query<{ one: number }>(
          `SELECT 1 AS one FROM pg_locks l JOIN pg_database d ON d.oid = l.database
          WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`,
        );
        return rows.length > 0;
      };
      // As a publication does it.
      const changed = await inShop(async (scope) => {
        await lockExperiments(scope);
        const changing = change();
        // Told by its result below.
        changing.catch(() => undefined);
        await waitFor(waits, 'the change to wait');
        await noteOffersChanged(scope, now);
        return { changing };
      });
      expect(await changed.changing).toMatchObject({ ok: true });
    },
  );

  it('is refused as a whole where its offer would be, and where it is for all products', async () => {
    expect(await save({ target: { kind: 'all' } })).toMatchObject({ fields: { target: expect.any(String) } });
    expect(await save({ condition: { kind: 'all' } })).toMatchObject({ fields: { condition: expect.any(String) } });
    // A gift card is never reduced.
    const refused = await save({ target: products('9') });
    expect(refused).toMatchObject({ ok: false, code: 'invalid', fields: { savingBps: expect.any(String) } });
    const rules = await inShop(({ tx, shopId }) => tx.recommendationRule.count({ where: { shopId } }));
    expect(rules).toBe(0);
    const kept = await saved();
    expect(await save({ target: products('9'), title: 'Other' }, kept.id, kept.revision)).toMatchObject({ ok: false });
    expect(await inShop((scope) => getRule(scope, kept.id))).toMatchObject({ value: { title: kept.title } });
  });
});

describe('a rule that names products by what they are', () => {
  const tags = (...names: string[]) => ({ kind: 'tags' as const, names });
  /** Tea of Nord, a cup on sale, a plate of Nord. */
  async function seedShelf(): Promise<void> {
    const { database, shop } = shops();
    const one = (id: string, priceMinor: number, stock: number | null = null) => ({
      id,
      variants: [{ id: `${id}1`, priceMinor, costMinor: 100, stock }],
    });
    await seedProducts(database, shop, [one('21', 2000), one('22', 1000), one('23', 900)]);
    await inShop(
      ({ tx, shopId }) =>
        tx.$executeRaw`
        UPDATE product SET vendor = 'Nord', product_type = CASE id WHEN '21' THEN 'Tea' ELSE 'Plate' END
        WHERE shop_id = ${shopId}::uuid AND id IN ('21', '23')`,
    );
    await inShop(
      ({ tx, shopId }) =>
        tx.$executeRaw`UPDATE product SET tags = '{Sale}' WHERE shop_id = ${shopId}::uuid AND id = '22'`,
    );
  }
  const offs = async (cart: string): Promise<number[]> =>
    (await explained(cart)).lines.map(({ discountMinor }) => discountMinor);

  it.each([
    ['a tag', { kind: 'vendors', names: ['nord'] }, tags('sale'), [0, 200]],
    ['a type', { kind: 'products', ids: ['22'] }, { kind: 'types', names: ['tea'] }, [400, 0]],
    ['a vendor', tags('Sale'), { kind: 'vendors', names: ['Nord'] }, [400, 0]],
    ['a price', { kind: 'types', names: ['Tea'] }, { kind: 'price', from: 950, to: 1500 }, [0, 200]],
    ['a margin', { kind: 'types', names: ['Tea'] }, { kind: 'margin', from: 8_950, to: 9_200 }, [0, 200]],
  ] as const)('takes the saving off what it suggests by %s', async (_label, condition, target, off) => {
    await seedShelf();
    const copy = <T>(value: T): T => structuredClone(value);
    const rule = await saved({
      condition: copy(condition) as RuleFormInput['condition'],
      target: copy(target) as RuleFormInput['target'],
    });
    expect(await offersAt()).toEqual([rule.id]);
    expect(await offs('21,22')).toEqual(off);
  });

  it('follows what the products are, and takes no part without any', async () => {
    await seedShelf();
    const rule = await saved({ condition: { kind: 'vendors', names: ['Nord'] }, target: tags('sale', 'new') });
    expect(await offs('21,23')).toEqual([0, 0]);
    await inShop(
      ({ tx, shopId }) =>
        tx.$executeRaw`UPDATE product SET tags = '{new}' WHERE shop_id = ${shopId}::uuid AND id IN ('22', '23')`,
    );
    // One of the two is asked for, the other one suggested, though both are what is asked for.
    expect(await offs('21,23')).toEqual([0, 180]);
    await inShop(({ tx, shopId }) => tx.$executeRaw`UPDATE product SET tags = '{}' WHERE shop_id = ${shopId}::uuid`);
    expect(await offersAt()).toEqual([]);
    const found = await inShop((scope) => getAnyBundle(scope, rule.id, now));
    expect(found).toMatchObject({ value: { bundle: { groups: [{ role: 'buy' }, { role: 'get' }] } } });
  });

  it('holds what can be bought, up to its cap, in what the checkout reads', async () => {
    const { database, shop } = shops();
    await seedShelf();
    const many = Array.from({ length: 300 }, (_, at) => ({
      id: String(8_000_000_000_000 + at),
      variants: [{ id: String(45_000_000_000_000 + at), priceMinor: 1000, costMinor: 300, stock: at === 0 ? 0 : null }],
    }));
    await seedProducts(database, shop, many);
    await inShop(
      ({ tx, shopId }) =>
        tx.$executeRaw`
        UPDATE product SET tags = CASE WHEN right(id, 1)::int < 5 THEN '{low}'::text[] ELSE '{high,more}'::text[] END
        WHERE shop_id = ${shopId}::uuid AND id >= '8'`,
    );
    await inShop(
      ({ tx, shopId }) =>
        tx.$executeRaw`UPDATE product SET vendor = 'Other' WHERE shop_id = ${shopId}::uuid AND id >= '8'`,
    );
    await saved({ condition: { kind: 'vendors', names: ['other'] }, target: tags('low', 'more') });
    const live = await inShop((scope) =>
      liveBundlesForPublication(scope, { now, currency: 'USD', rules: defaultIncentiveRules, discountTitle: '' }),
    );
    expect(live.leftOut).toEqual([]);
    const [offer] = live.offers;
    expect(offer?.items.filter(({ role }) => role === 'get')).toHaveLength(250);
    expect(offer?.items.some(({ productId }) => productId === '8000000000000')).toBe(false);
  });
});
