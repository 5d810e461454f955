import { findCustomers, hashEmail } from '#app/domains/customers/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';

/** The number of a customer whom the merchant names by it or by e-mail address; an address that nobody has stays as it is. */
export async function customerNamed(
  { secrets }: Pick<Services, 'secrets'>,
  scope: ShopScope,
  named: string,
): Promise<string> {
  if (!named.includes('@')) return named;
  const [found] = await findCustomers(scope, null, hashEmail(secrets, named));
  return found?.id ?? named;
}
