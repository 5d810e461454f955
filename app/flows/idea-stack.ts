import type { Beside, BesideGift } from '#app/domains/bundle-ideas/index.ts';
import { readOffers as readBundleOffers } from '#app/domains/bundles/index.ts';
import { readProducts } from '#app/domains/catalog/index.ts';
import { classOf, type CodeTerms } from '#app/domains/codes/index.ts';
import { codesBesideBundles, dormantReason, type GoalReward, isRestKnown } from '#app/domains/incentives/index.ts';
import { findProgramme, grantOf } from '#app/domains/loyalty/index.ts';
import { activeSizes, readOffers } from '#app/domains/personal-offers/index.ts';
import { readProgramme } from '#app/domains/referrals/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { codeTermsOf } from './personal-offers/gift-terms.ts';

type Named = Pick<BesideGift, 'source' | 'title'> & { readonly terms: CodeTerms };

/**
 * What shoppers may hold beside a bundle: codes of the store, rewards and tiers of a live loyalty programme, personal
 * offers that are on, in the largest size that is still given, codes of friends and of who recommends the store, and what
 * carts earn by their subtotal. Gift cards and store credit pay, they take nothing off.
 */
export async function readBeside(
  scope: ShopScope,
  shop: Pick<Shop, 'settings' | 'platformState'>,
  now: Date,
): Promise<Beside> {
  const own = [...(await rewardsAndTiers(scope)), ...(await personalOffers(scope)), ...(await referrals(scope))];
  const freeIds = own.flatMap(({ terms }) => (terms.type === 'free-product' ? [terms.productId] : []));
  const products = new Map((await readProducts(scope, [...new Set(freeIds)])).map((one) => [one.id, one]));
  return {
    codesKnown: areCodesKnown(shop),
    gifts: [
      ...storeCodes(shop),
      ...own.flatMap(({ source, title, terms }): BesideGift[] => {
        const given = givesOf(terms, products);
        if (!given) return [];
        // Of an order that is smaller than the amount a part would be lost: nobody redeems it there.
        const fromMinor = Math.max(terms.minSubtotalMinor ?? 0, terms.type === 'amount' ? terms.minor : 0);
        return [{ source, title, class: classOf(terms), gives: given, fromMinor }];
      }),
      ...(await goals(scope, now)),
    ],
  };
}

type KnownShop = Pick<Shop, 'settings' | 'platformState'>;

const usualCode = ({ settings, platformState }: KnownShop): number =>
  settings.codeReserveBps ?? platformState.usualCodeBps ?? 0;

function areCodesKnown(shop: KnownShop): boolean {
  const { storeCodes } = shop.platformState;
  return (storeCodes !== undefined && isRestKnown(storeCodes)) || usualCode(shop) > 0;
}

/** Those of the store's discounts, and one that takes what codes usually did lately or what the merchant says. */
function storeCodes(shop: KnownShop): BesideGift[] {
  const own = shop.platformState.storeCodes ?? { named: [], rest: 0 };
  const known = { named: own.named, rest: Math.max(isRestKnown(own) ? own.rest : 0, usualCode(shop)) };
  return codesBesideBundles(known, shop.settings.combinesWith).map(({ class: offerClass, value }) => ({
    source: 'store-code',
    title: '',
    class: offerClass,
    gives: value,
    fromMinor: 0,
  }));
}

async function rewardsAndTiers(scope: ShopScope): Promise<Named[]> {
  const programme = await findProgramme(scope);
  if (programme?.status !== 'live') return [];
  const { rewards, tiers } = programme.settings;
  return [
    ...rewards
      .filter(({ on }) => on)
      .flatMap((reward): Named[] => {
        const grant = grantOf(reward);
        return grant.as === 'code' ? [{ source: 'reward', title: reward.title, terms: grant.terms }] : [];
      }),
    ...tiers.levels
      .filter(({ freeShipping }) => freeShipping)
      .map(({ name }): Named => ({
        source: 'tier',
        title: name,
        terms: { type: 'free-shipping', minSubtotalMinor: null, productIds: null },
      })),
  ];
}

async function personalOffers(scope: ShopScope): Promise<Named[]> {
  const offers = await readOffers(scope, 'live');
  return offers.flatMap((offer): Named[] => {
    const size = activeSizes(offer).at(-1);
    const { gift } = offer.terms;
    // For which product is decided by what happened: it takes a place among single goods, whatever it is.
    const productId = gift.type === 'percentage' && gift.on !== 'everything' ? 'any' : null;
    const terms = size === undefined ? null : codeTermsOf(offer.terms, size, productId);
    return terms ? [{ source: 'offer', title: offer.title, terms }] : [];
  });
}

/** What a friend gets off the first order, and what codes thank whoever brought them. */
async function referrals(scope: ShopScope): Promise<Named[]> {
  const { active, terms } = await readProgramme(scope);
  if (!active) return [];
  const { offer, minOrderMinor, tiers, creditReward } = terms;
  const friend: CodeTerms[] =
    offer.type === 'none'
      ? []
      : [{ ...offer, minSubtotalMinor: minOrderMinor > 0 ? minOrderMinor : null, productIds: null }];
  const thanks = [...tiers.map(({ reward }) => reward), creditReward].flatMap((reward): CodeTerms[] => {
    const bounds = { minSubtotalMinor: null, productIds: null };
    if (reward.type === 'percentage') return [{ ...bounds, type: 'percentage', basisPoints: reward.basisPoints }];
    return reward.type === 'credit' ? [{ ...bounds, type: 'amount', minor: reward.minor }] : [];
  });
  return [...friend, ...thanks].map((one): Named => ({ source: 'referral', title: '', terms: one }));
}

/** A reward for the cart's subtotal. */
interface Goal {
  readonly title: string;
  readonly reward: GoalReward;
  readonly fromMinor: number;
}

/** What carts earn by their subtotal, now or as soon as it begins. */
async function goals(scope: ShopScope, now: Date): Promise<BesideGift[]> {
  const offers = (await readBundleOffers(scope)).filter((offer) => dormantReason(offer, now) !== 'expired');
  const earned = offers.flatMap((offer): Goal[] => {
    const { title } = offer;
    if (offer.kind === 'cart-goals')
      return offer.terms.tiers.map(({ thresholdMinor, reward }) => ({ title, reward, fromMinor: thresholdMinor }));
    if (offer.kind !== 'gift' || offer.terms.trigger.type !== 'subtotal') return [];
    const fromMinor = offer.terms.trigger.minor;
    return offer.items
      .filter(({ role }) => role === 'gift')
      .map(({ productId, variantId }) => ({ title, reward: { type: 'gift', productId, variantId }, fromMinor }));
  });
  const giftIds = earned.flatMap(({ reward }) => (reward.type === 'gift' ? [reward.productId] : []));
  const products = new Map((await readProducts(scope, [...new Set(giftIds)])).map((one) => [one.id, one]));
  return earned.flatMap(({ title, reward, fromMinor }): BesideGift[] => {
    const head = { source: 'goal' as const, title, fromMinor };
    if (reward.type === 'order-discount') return [{ ...head, class: 'order', gives: reward.value }];
    if (reward.type === 'free-shipping')
      return [{ ...head, class: 'shipping', gives: { type: 'percentage', basisPoints: 10_000 } }];
    const gives = freeProduct(reward, products);
    return gives ? [{ ...head, class: 'product', gives }] : [];
  });
}

type FreeUnits = ReadonlyMap<string, Awaited<ReturnType<typeof readProducts>>[number]>;

function givesOf(terms: CodeTerms, products: FreeUnits): BesideGift['gives'] | null {
  if (terms.type === 'amount') return { type: 'amount', minor: terms.minor };
  if (terms.type === 'percentage') return { type: 'percentage', basisPoints: terms.basisPoints };
  if (terms.type === 'free-shipping') return { type: 'percentage', basisPoints: 10_000 };
  return freeProduct(terms, products);
}

/** A free product is its dearest variant; null where it is gone. */
function freeProduct(
  { productId, variantId }: { readonly productId: string; readonly variantId: string | null },
  products: FreeUnits,
): BesideGift['gives'] | null {
  const variants = products.get(productId)?.variants ?? [];
  const able = variants.filter(({ id }) => variantId === null || id === variantId);
  const [dearest] = [...able].sort((a, b) => b.priceMinor - a.priceMinor);
  return dearest ? { type: 'free-product', priceMinor: dearest.priceMinor, costMinor: dearest.costMinor } : null;
}
