import type { Secrets } from '#app/infra/secrets.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Seals what is personal in a shop's mails; what is sealed for one shop does not open in another. */
export function sealing(secrets: Pick<Secrets, 'seal' | 'open'>, shopId: ShopId) {
  const context = `mail ${shopId}`;
  return {
    seal: (value: unknown): string => secrets.seal(JSON.stringify(value), context),
    open: (sealed: string): unknown => JSON.parse(secrets.open(sealed, context)) as unknown,
  };
}
