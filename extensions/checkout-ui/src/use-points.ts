import type { Host } from './offer.ts';

/** What the app says of the customer's points at the checkout, in the buyer's language. */
export interface CheckoutRewards {
  readonly title: string;
  readonly balance: string;
  readonly rewards: readonly Reward[];
  readonly codes: readonly OpenCode[];
  readonly words: { readonly redeem: string; readonly use: string; readonly applied: string };
}
export interface Reward {
  readonly id: string;
  readonly request: string;
  readonly title: string;
  readonly terms: string;
  readonly label: string;
  /** what the goods must cost before discounts, in the shop's currency; null = any order will do */
  readonly minimum: { readonly amount: number; readonly currency: string } | null;
}
export interface OpenCode {
  readonly code: string;
  readonly title: string;
  readonly label: string;
  readonly refused: string;
}

/** The part of the checkout's API that this extension reads. */
export interface CheckoutHost extends Pick<Host, 'sessionToken' | 'localization'> {
  /** after the discounts of the lines */
  readonly cost: {
    readonly subtotalAmount: { readonly value: { readonly amount: number; readonly currencyCode: string } };
  };
  readonly lines: {
    readonly value: readonly {
      readonly discountAllocations: readonly { readonly discountedAmount: { readonly amount: number } }[];
    }[];
  };
  readonly discountCodes: { readonly value: readonly { readonly code: string }[] };
  readonly instructions: { readonly value: { readonly discounts: { readonly canUpdateDiscountCodes: boolean } } };
  applyDiscountCodeChange(change: {
    readonly type: 'addDiscountCode';
    readonly code: string;
  }): Promise<{ readonly type: 'success' | 'error' }>;
}

interface Answer {
  readonly rewards: CheckoutRewards | null;
  readonly redeemed: {
    readonly code: string | null;
    /** the store takes its time: asked again with the same request, the code may be there */
    readonly making: boolean;
    readonly message: string;
  } | null;
}

/** The app waits some seconds each time. */
const mostTries = 5;

/** Asks the app, and redeems where one is given. Null where no answer came: the checkout is complete without us. */
export async function askForRewards(host: CheckoutHost, origin: string, redeem?: Reward): Promise<Answer | null> {
  const asked = {
    locale: host.localization.language.value.isoCode,
    ...(redeem && { redeem: { reward: redeem.id, request: redeem.request } }),
  };
  try {
    const response = await fetch(`${origin}/checkout/rewards`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await host.sessionToken.get()}`, 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    });
    return response.ok ? ((await response.json()) as Answer) : null;
  } catch {
    // The shopper is paying: a request that failed is tried again by pressing the button again, with the same id.
    return null;
  }
}

/** True while codes may be added to this checkout at all. */
export const mayAddCodes = ({ instructions }: CheckoutHost): boolean =>
  instructions.value.discounts.canUpdateDiscountCodes;

/** True where the order is large enough for a reward, as far as that can be told: in another currency the store decides. */
export function isReached({ cost, lines }: CheckoutHost, { minimum }: Reward): boolean {
  const { amount, currencyCode } = cost.subtotalAmount.value;
  if (minimum === null || minimum.currency !== currencyCode) return true;
  const off = lines.value.flatMap(({ discountAllocations }) => discountAllocations);
  const before = off.reduce((sum, { discountedAmount }) => sum + discountedAmount.amount, amount);
  // Amounts come as floating-point numbers: half of the smallest unit of any currency is no difference.
  return before > minimum.amount - 0.0005;
}

/** Codes of the customer that are not in the order yet. */
export function codesLeft({ discountCodes }: CheckoutHost, codes: readonly OpenCode[]): OpenCode[] {
  const used = new Set(discountCodes.value.map(({ code }) => code.toLowerCase()));
  return codes.filter(({ code }) => !used.has(code.toLowerCase()));
}

/** Puts a code into the order; false where the store does not take it. */
export async function applyCode(host: CheckoutHost, code: string): Promise<boolean> {
  try {
    return (await host.applyDiscountCodeChange({ type: 'addDiscountCode', code })).type === 'success';
  } catch {
    // The checkout is busy or gone: the code is the customer's, and they can press again.
    return false;
  }
}

export interface Told {
  readonly good: boolean;
  readonly text: string;
}

/** Points become a code, and the code goes into the order. @returns what is there then; null where nothing came back */
export async function redeemInto(
  host: CheckoutHost,
  origin: string,
  reward: Reward,
): Promise<{ readonly rewards: CheckoutRewards | null; readonly told: Told } | null> {
  let answer = await askForRewards(host, origin, reward);
  for (let tries = 1; answer?.redeemed?.making && tries < mostTries; tries += 1)
    answer = await askForRewards(host, origin, reward);
  if (!answer?.redeemed) return null;
  const { rewards, redeemed } = answer;
  const taken = redeemed.code !== null && (await applyCode(host, redeemed.code));
  return {
    rewards,
    told: { good: taken, text: taken && rewards ? rewards.words.applied : redeemed.message },
  };
}
