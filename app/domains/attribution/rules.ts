/** Programmes that pay for orders which somebody brought. */
export const programmes = ['referral', 'affiliate'] as const;
export type Programme = (typeof programmes)[number];

/** code: typed or applied at the checkout · link: the cart says so · visitor: the browser or the account came by a link */
export const touchKinds = ['code', 'link', 'visitor'] as const;
export type TouchKind = (typeof touchKinds)[number];

/** Something that led to an order. */
export interface Touch {
  readonly orderId: string;
  readonly programme: Programme;
  /** who would be paid */
  readonly ownerId: string;
  readonly how: TouchKind;
  readonly touchedAt: Date;
}

/**
 * Who is paid for an order, of everybody who led to it: what the shopper did at the checkout counts more than the cart,
 * the cart more than the browser; of two alike the later; at the same moment the customer's recommendation before the
 * affiliate's. Always the same for the same touches, in whatever order they arrive.
 */
export function winnerOf(touches: readonly Touch[]): Touch | null {
  return [...touches].sort(before)[0] ?? null;
}

function before(a: Touch, b: Touch): number {
  return (
    touchKinds.indexOf(a.how) - touchKinds.indexOf(b.how) ||
    b.touchedAt.getTime() - a.touchedAt.getTime() ||
    programmes.indexOf(a.programme) - programmes.indexOf(b.programme) ||
    (a.ownerId < b.ownerId ? -1 : 1)
  );
}

const names: Readonly<Record<Programme, string>> = {
  referral: 'a customer’s recommendation',
  affiliate: 'an affiliate',
};
const ways: Readonly<Record<TouchKind, string>> = {
  code: 'by a code at the checkout',
  link: 'by a link that the cart remembers',
  visitor: 'by a link that the browser or the account came by',
};

/** Why an order is paid to whom it is, in a sentence. */
export function explainClaim(winner: Touch, touches: readonly Touch[]): string {
  const others = touches.filter((one) => one.ownerId !== winner.ownerId || one.programme !== winner.programme);
  const told = `The order came through ${names[winner.programme]}, ${ways[winner.how]}.`;
  if (others.length === 0) return told;
  const second = winnerOf(others);
  if (!second) return told;
  const why =
    second.how === winner.how
      ? second.touchedAt.getTime() === winner.touchedAt.getTime()
        ? 'a customer’s recommendation goes before an affiliate'
        : 'the later of two alike counts'
      : 'what happens nearer to the checkout counts more';
  return `${told} It also came through ${names[second.programme]}, ${ways[second.how]}; an order is paid once, and ${why}.`;
}
