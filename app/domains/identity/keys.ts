import type { Secrets } from '#app/infra/secrets.ts';
import type { PlatformBuyer, PlatformCustomer, PlatformOrder } from '#app/platforms/platform.ts';
import { isUuid } from '#app/shared/ids.ts';
import { normaliseAddress, normaliseName } from './address.ts';
import { normaliseEmail } from './email.ts';
import { customerSubject, type IdentityKey, type KeyKind, type SubjectKeys, subjectOf } from './model.ts';
import { normalisePhone } from './phone.ts';

/** 128 bits are enough: two of a billion values meet with a chance of one in 10^20. */
const hashBytes = 16;

/** The keyed hash of a normalised value. */
export function keyOf(secrets: Pick<Secrets, 'hash'>, kind: KeyKind, value: string): IdentityKey {
  const digest = Buffer.from(secrets.hash(value, `identity-${kind}`), 'hex');
  return { kind, hash: digest.subarray(0, hashBytes).toString('base64url') };
}

/** The key of an e-mail address; null for what is no person's. */
export function emailKey(secrets: Pick<Secrets, 'hash'>, email: string | null): IdentityKey | null {
  const box = normaliseEmail(email);
  return box === null ? null : keyOf(secrets, 'email', box);
}

/** What an account says of whose it is, orders or none. */
export function keysOfCustomer(
  secrets: Pick<Secrets, 'hash'>,
  { id, email }: Pick<PlatformCustomer, 'id' | 'email'>,
): SubjectKeys {
  const key = emailKey(secrets, email);
  return { subject: customerSubject(id), keys: key === null ? [] : [key] };
}

/** What an order says of who placed it. `country` is the shop's, where the order names none. */
export function keysOfOrder(
  secrets: Pick<Secrets, 'hash'>,
  order: Pick<PlatformOrder, 'id' | 'customerId' | 'visitorId' | 'buyer'>,
  country: string | null = null,
): SubjectKeys {
  const values: (readonly [KeyKind, string])[] = order.buyer ? valuesOf(order.buyer, country) : [];
  if (order.visitorId !== null && isUuid(order.visitorId)) values.push(['device', order.visitorId.toLowerCase()]);
  const keys = new Map(values.map((pair) => [pair.join(' '), keyOf(secrets, ...pair)]));
  return { subject: subjectOf(order), keys: [...keys.values()] };
}

function valuesOf(buyer: PlatformBuyer, country: string | null): (readonly [KeyKind, string])[] {
  const pairs: (readonly [KeyKind, string | null])[] = [
    ['email', normaliseEmail(buyer.email)],
    ['phone', normalisePhone(buyer.phone, buyer.country ?? country)],
    ['payment', buyer.payer],
    ...buyer.addresses.flatMap((address): (readonly [KeyKind, string | null])[] => [
      ['address', normaliseAddress(address)],
      ['name', normaliseName(address.name)],
    ]),
  ];
  return pairs.flatMap(([kind, value]) => (value === null ? [] : [[kind, value] as const]));
}
