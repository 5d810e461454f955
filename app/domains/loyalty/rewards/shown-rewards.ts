import {
  type Code,
  type CodeState,
  type Gift,
  type GiftState,
  readCodesOf,
  readGiftsOf,
} from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { TierLevel } from '../model.ts';
import { tierCodeKind, tierOfPurpose } from '../tiers/bring-tier-codes.ts';
import { rewardSource } from './issue-reward.ts';
import { readRedemptions, type Redemption } from './store-redemptions.ts';

/** What a gift card is redeemed with; null before the store has made it. */
export type Reveal = (gift: Gift) => string | null;

/** A reward that points became, ready to be sent as JSON. */
export interface ShownReward {
  readonly id: string;
  readonly kind: string;
  /** as it was when it was redeemed */
  readonly title: string;
  /** terms of the code or the gift that its name can be made of; null = it has none, or is gone */
  readonly minor: number | null;
  readonly basisPoints: number | null;
  /** whose code it is, where a tier brings it; null = points became it */
  readonly level: { readonly id: string; readonly name: string } | null;
  readonly points: number;
  readonly code: string | null;
  /** given: the store has given the card or the credit */
  readonly state: CodeState | 'given';
  readonly endsAt: string | null;
  /** the points can be given back */
  readonly cancellable: boolean;
  /** nobody knows whether the store gave it: the merchant looks and decides */
  readonly unsure: boolean;
}

const stateOfGift: Readonly<Record<GiftState, ShownReward['state']>> = {
  wanted: 'wanted',
  making: 'wanted',
  unsure: 'wanted',
  given: 'given',
  refused: 'refused',
};

/** A member's rewards, the newest first. */
export async function readShownRewards(
  scope: ShopScope,
  customerId: string,
  most: number,
  levels: readonly TierLevel[],
  reveal: Reveal,
): Promise<ShownReward[]> {
  const redemptions = await readRedemptions(scope, customerId, most);
  const ids = redemptions.map(({ id }) => id);
  const { kind } = rewardSource('');
  const codes = new Map((await readCodesOf(scope, kind, ids)).map((code) => [code.source.id, code]));
  const gifts = await readGiftsOf(scope, kind, ids);
  const tier = (await readCodesOf(scope, tierCodeKind, [customerId])).filter(isStanding);
  return [
    ...tier.map((code) => ofTier(code, levels)),
    ...redemptions.map((one) => shown(one, codes.get(one.id), gifts.get(one.id), reveal)),
  ];
}

const isStanding = ({ state }: Code): boolean => state === 'wanted' || state === 'open';

/** What a tier brings stands first: it costs nothing and is used again and again. */
const ofTier = ({ source, title, code, state }: Code, levels: readonly TierLevel[]): ShownReward => ({
  id: `tier ${source.purpose}`,
  kind: 'free-shipping',
  title,
  minor: null,
  basisPoints: null,
  level: levels.find(({ id }) => id === tierOfPurpose(source.purpose)) ?? null,
  points: 0,
  code,
  state,
  endsAt: null,
  cancellable: false,
  unsure: false,
});

function shown(redemption: Redemption, code: Code | undefined, gift: Gift | undefined, reveal: Reveal): ShownReward {
  const { id, kind, title, points, endsAt, cancelledAt } = redemption;
  const stands = cancelledAt === null;
  // What stands although its code is out of the store was used by a code that this one had taken the place of.
  const ofCode = code?.state === 'withdrawn' ? 'used' : (code?.state ?? 'wanted');
  const state = !stands ? 'withdrawn' : gift ? stateOfGift[gift.state] : ofCode;
  const text = gift ? reveal(gift) : (code?.code ?? null);
  return {
    id,
    kind,
    title,
    minor: gift?.amountMinor ?? (code?.terms.type === 'amount' ? code.terms.minor : null),
    basisPoints: code?.terms.type === 'percentage' ? code.terms.basisPoints : null,
    level: null,
    points,
    code: stands ? text : null,
    state,
    endsAt: endsAt?.toISOString() ?? null,
    cancellable: gift ? state === 'refused' : state === 'wanted' || state === 'open' || state === 'refused',
    unsure: stands && gift?.state === 'unsure',
  };
}
