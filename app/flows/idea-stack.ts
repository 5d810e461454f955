import type { Beside, BesideGift } from '#app/domains/bundle-ideas/index.ts';
import { readProducts } from '#app/domains/catalog/index.ts';
import { classOf, type CodeTerms } from '#app/domains/codes/index.ts';
import { codesBesideBundles, isRestKnown } from '#app/domains/incentives/index.ts';
import { findProgramme, grantOf } from '#app/domains/loyalty/index.ts';
import { activeSizes, readOffers } from '#app/domains/personal-offers/index.ts';
import { readProgramme } from '#app/domains/referrals/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { codeTermsOf } from './personal-offers/gift-terms.ts';

type Named = Pick<BesideGift, 'source' | 'title'> & { readonly terms: CodeTerms };

/**
 * What shoppers may hold beside a bundle: codes of the store, rewards and tiers of a live loyalty programme, personal
 * offers that are on, in the largest size that is still given, and codes of friends and of who recommends the store. Gift cards and store credit pay, they take nothing off.
 */
export async function readBeside(scope: ShopScope, shop: Pick<Shop, 'settings' | 'platformState'>): Promise<Beside> {
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

type FreeUnits = ReadonlyMap<string, Awaited<ReturnType<typeof readProducts>>[number]>;

/** A free product is its dearest variant; null where it is gone. */
function givesOf(terms: CodeTerms, products: FreeUnits): BesideGift['gives'] | null {
  if (terms.type === 'amount') return { type: 'amount', minor: terms.minor };
  if (terms.type === 'percentage') return { type: 'percentage', basisPoints: terms.basisPoints };
  if (terms.type === 'free-shipping') return { type: 'percentage', basisPoints: 10_000 };
  const variants = products.get(terms.productId)?.variants ?? [];
  const able = variants.filter(({ id }) => terms.variantId === null || id === terms.variantId);
  const [dearest] = [...able].sort((a, b) => b.priceMinor - a.priceMinor);
  return dearest ? { type: 'free-product', priceMinor: dearest.priceMinor, costMinor: dearest.costMinor } : null;
}
