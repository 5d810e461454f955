import { emailKey, noteKeys } from '#app/domains/identity/index.ts';
import { readGuests } from '#app/domains/segments/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { insertOrders, type OrderRow, scoresIn } from './by-definition.ts';

/** An order with the mailbox that it names. */
export interface BoxedOrder extends OrderRow {
  readonly box?: string;
}

export const keyOf = (secrets: Services['secrets'], box: string): string => {
  const key = emailKey(secrets, `${box}@example.com`);
  if (!key) throw new Error('it is an address');
  return key.hash;
};

const keysOf = (secrets: Services['secrets'], box: string) => [{ kind: 'email' as const, hash: keyOf(secrets, box) }];

/** Stores orders with what they say of whose they are. */
export async function insertBoxed(
  secrets: Services['secrets'],
  scope: ShopScope,
  orders: readonly BoxedOrder[],
): Promise<void> {
  await insertOrders(
    scope,
    orders.map(({ box: _box, ...order }) => order),
  );
  await noteKeys(
    scope,
    orders.flatMap(({ id, customerId, box }) =>
      box === undefined
        ? []
        : [
            {
              subject: customerId === null ? (`o:${id}` as const) : (`c:${customerId}` as const),
              keys: keysOf(secrets, box),
            },
          ],
    ),
  );
}

/** An account says which mailbox is its. */
export const noteAccount = (
  secrets: Services['secrets'],
  scope: ShopScope,
  customerId: string,
  box: string,
): Promise<void> => noteKeys(scope, [{ subject: `c:${customerId}`, keys: keysOf(secrets, box) }]);

/** Orders with the buyer whose they are in the place of the customer: an account, by name or by mailbox, or the mailbox. */
export function owned(
  secrets: Services['secrets'],
  orders: readonly BoxedOrder[],
  accounts: readonly (readonly [customerId: string, box: string])[] = [],
): OrderRow[] {
  const told = orders.flatMap(({ customerId, box }) =>
    customerId !== null && box !== undefined ? [[customerId, box] as const] : [],
  );
  const accountOf = (box: string) =>
    [...accounts, ...told]
      .filter(([, own]) => own === box)
      .map(([id]) => id)
      .sort()[0];
  return orders.flatMap(({ box, ...order }) => {
    if (order.customerId !== null) return [order];
    return box === undefined ? [] : [{ ...order, customerId: accountOf(box) ?? keyOf(secrets, box) }];
  });
}

/** Scores of customers by id and of others by the mailbox's key. */
export async function allScores(scope: ShopScope) {
  const guests = await readGuests(scope, null, '', 1_000);
  return new Map([
    ...(await scoresIn(scope)),
    ...guests.map(
      ({ mailbox, recency, frequency, money, group }) => [mailbox, { recency, frequency, money, group }] as const,
    ),
  ]);
}
