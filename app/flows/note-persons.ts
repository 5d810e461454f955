import { noteKeys, type SubjectKeys } from '#app/domains/identity/index.ts';
import { askUnknownAgain } from '#app/domains/referrals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';

/**
 * Notes what records say of persons. Friends of advocates of whom nothing was known are judged again, by the next sweep:
 * whoever judges locks referrals first and notes keys then, so that it is asked for in that order.
 */
export async function notePersons(scope: ShopScope, persons: readonly SubjectKeys[], now: Date): Promise<void> {
  const told = persons.filter(({ keys }) => keys.length > 0).map(({ subject }) => subject);
  const customerIds = told.filter((subject) => subject.startsWith('c:')).map((subject) => subject.slice(2));
  await askUnknownAgain(scope, customerIds, now);
  await noteKeys(scope, persons);
}
