import {
  type Code,
  type CodeState,
  type Gift,
  type GiftState,
  readCodesOf,
  readGiftsOf,
} from '#app/domains/codes/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { tierCodeKind } from '../tiers/bring-tier-codes.ts';
import { rewardSource } from './issue-reward.ts';
import { readRedemptions, type Redemption } from './store-redemptions.ts';

/** What a gift card is redeemed with; null before the store has made it. */
export type Reveal = (gift: Gift) => string | null;

/** A reward that points became, ready to be sent as JSON. */
export interface ShownReward {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
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
  reveal: Reveal,
): Promise<ShownReward[]> {
  const redemptions = await readRedemptions(scope, customerId, most);
  const ids = redemptions.map(({ id }) => id);
  const { kind } = rewardSource('');
  const codes = new Map((await readCodesOf(scope, kind, ids)).map((code) => [code.source.id, code]));
  const gifts = await readGiftsOf(scope, kind, ids);
  const tier = (await readCodesOf(scope, tierCodeKind, [customerId])).filter(isStanding).map(ofTier);
  return [...tier, ...redemptions.map((one) => shown(one, codes.get(one.id), gifts.get(one.id), reveal))];
}

const isStanding = ({ state }: Code): boolean => state === 'wanted' || state === 'open';

/** What a tier brings stands first: it costs nothing and is used again and again. */
const ofTier = ({ source, title, code, state }: Code): ShownReward => ({
  id: `tier ${source.purpose}`,
  kind: 'free-shipping',
  title,
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
    points,
    code: stands ? text : null,
    state,
    endsAt: endsAt?.toISOString() ?? null,
    cancellable: gift ? state === 'refused' : state === 'wanted' || state === 'open' || state === 'refused',
    unsure: stands && gift?.state === 'unsure',
  };
}
