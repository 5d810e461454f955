import { z } from 'zod';
import type { SandboxStore } from '../model.ts';
import type { AdminContext, Arguments, Resolvers } from './context.ts';
import { gid, idIn, refused } from './values.ts';

const money = z.object({ amount: z.coerce.number().positive(), currencyCode: z.string() });

/** What a store has given so far. It lives as long as the sandbox runs: nothing is paid with it here. */
export interface Given {
  readonly id: string;
  readonly customerId: string;
  /** of a gift card, else null */
  readonly code: string | null;
  readonly amount: number;
  readonly currency: string;
}
const given = new WeakMap<SandboxStore, Given[]>();

/** Gift cards and store credit of a store, the oldest first. */
export const givenBy = (store: SandboxStore): readonly Given[] => given.get(store) ?? [];

function give(store: AdminContext['store'], one: Given): Given {
  given.set(store, [...givenBy(store), one]);
  return one;
}

function createGiftCard({ store }: AdminContext, args: Arguments) {
  const input = z
    .object({ code: z.string().regex(/^[A-Za-z0-9]{8,20}$/), initialAmount: money, customerId: z.string() })
    .safeParse(args['input']);
  const refuse = (field: string, code: string, message: string) =>
    refused([{ field: ['input', field], code, message }], { giftCard: null, giftCardCode: null });
  if (!input.success) return refuse('code', 'INVALID', 'is invalid');
  const { code, initialAmount, customerId } = input.data;
  const id = idIn(customerId, 'Customer');
  if (id === null || !store.customers.has(id)) return refuse('customerId', 'CUSTOMER_NOT_FOUND', 'was not found');
  if (initialAmount.currencyCode !== store.shop.currency)
    return refuse('initialAmount', 'INVALID', 'has a currency that the store does not take');
  if (givenBy(store).some((one) => one.code?.toLowerCase() === code.toLowerCase()))
    return refuse('code', 'TAKEN', 'has already been taken');
  const { amount, currencyCode: currency } = initialAmount;
  const card = give(store, { id: gid('GiftCard', store.nextId()), customerId: id, code, amount, currency });
  return { giftCard: card, giftCardCode: code, userErrors: [] };
}

function credit({ store }: AdminContext, args: Arguments) {
  const refuse = (field: string[], code: string, message: string) =>
    refused([{ field, code, message }], { storeCreditAccountTransaction: null });
  const input = z.object({ creditAmount: money }).safeParse(args['creditInput']);
  const id = idIn(args['id'], 'Customer');
  if (id === null || !store.customers.has(id)) return refuse(['id'], 'OWNER_NOT_FOUND', 'Owner does not exist');
  if (!input.success) return refuse(['creditInput'], 'NEGATIVE_OR_ZERO_AMOUNT', 'must be greater than zero');
  const { amount, currencyCode: currency } = input.data.creditAmount;
  if (currency !== store.shop.currency)
    return refuse(['creditInput', 'creditAmount'], 'UNSUPPORTED_CURRENCY', 'Currency is not supported');
  const done = give(store, {
    id: gid('StoreCreditAccountCreditTransaction', store.nextId()),
    ...{ customerId: id, code: null, amount, currency },
  });
  return { storeCreditAccountTransaction: done, userErrors: [] };
}

export const giftMutations: Resolvers<unknown> = {
  'Mutation.giftCardCreate': (_source, args, context) => createGiftCard(context, args),
  'Mutation.storeCreditAccountCredit': (_source, args, context) => credit(context, args),
};
