/**
 * How exports of loyalty apps and the templates of their own imports name whose points a line tells; what comes first is
 * taken. Case, dashes and underscores make no difference.
 */
const emailHeads = [
  'email',
  'e mail',
  'email address',
  'e mail address',
  'customer email',
  'user email',
  'member email',
  'emails',
];
/**
 * Numbers that the store itself gave; `merchant id` is how LoyaltyLion calls them. Exports also put the name of the store's
 * platform before a customer's number or address.
 */
const idHeads = ['customer id', 'merchant id', 'user id'];
const ofPlatform = { email: /^\w+ customer email$/, customerId: /^(\w+) customer id$/ };
/** Before these an app names the number that it gave itself, which may be somebody else's here. */
const appsOwn: ReadonlySet<string> = new Set(['smile', 'loyaltylion', 'yotpo', 'swell', 'rivo', 'bon', 'growave']);
/** myCred writes one column for whichever of them was chosen. */
const eitherHeads = ['mycred user'];
/** YITH's export by customers has nothing but it and points. */
const bareIdHead = 'id';
/** What can be spent now; what waits for an order's return is not told apart by most. */
const pointsHeads = [
  'points balance',
  'point balance',
  'current points balance',
  'loyalty points balance',
  'current points',
  'points approved',
  'approved points',
  'available points',
  'points available',
  'points to redeem',
  'wc points balance',
  'mycred amount',
  'mycred default',
  'ywpar user total points',
  'reward points',
  'loyalty points',
  'balance',
  'points',
];

/** Where a file says what, by the places of its columns; -1 where it does not. */
export interface BalanceColumns {
  readonly email: number;
  readonly customerId: number;
  /** an address or a number of the store, whichever was chosen */
  readonly either: number;
  readonly points: number;
}

/** Finds the columns by the heads of a file. */
export function findBalanceColumns(heads: readonly string[]): BalanceColumns {
  const plain = heads.map((head) =>
    head
      .toLowerCase()
      .replace(/[\s_-]+/g, ' ')
      .trim(),
  );
  const first = (names: readonly string[]): number =>
    names.map((name) => plain.indexOf(name)).find((at) => at >= 0) ?? -1;
  const orElse = (at: number, fits: (head: string) => boolean): number => (at < 0 ? plain.findIndex(fits) : at);
  const email = orElse(first(emailHeads), (head) => ofPlatform.email.test(head));
  const id = orElse(first(idHeads), (head) => {
    const [, before] = ofPlatform.customerId.exec(head) ?? [];
    return before !== undefined && !appsOwn.has(before);
  });
  const either = first(eitherHeads);
  const bare = email < 0 && id < 0 && either < 0 ? plain.indexOf(bareIdHead) : -1;
  return { email, customerId: id < 0 ? bare : id, either, points: first(pointsHeads) };
}

/** Whether it is said whose points how many are. */
export function areWhole({ email, customerId, either, points }: BalanceColumns): boolean {
  return points >= 0 && Math.max(email, customerId, either) >= 0;
}
