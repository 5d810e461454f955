import { isTooHeavy, type Preview, previewSegment, readFit, segmentRule } from '#app/domains/segments/index.ts';
import { countCustomers } from '#app/domains/customers/index.ts';
import type { Shop } from '#app/domains/shops/index.ts';
import type { Services } from '#app/infra/services.ts';
import { segmentFacts } from './facts.ts';

/** Milliseconds that a merchant waits for a count while typing. */
const patienceMs = 4_000;

export type CountAnswer =
  | ({ readonly code: 'counted'; readonly all: number; readonly divided: boolean } & Preview)
  | { readonly code: 'incomplete' }
  | { readonly code: 'too-heavy' };

/** How many customers meet conditions that are being put together; writes nothing. */
export async function countSegment(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  shop: Shop,
  definition: unknown,
  patience = patienceMs,
): Promise<CountAnswer> {
  const rule = segmentRule.safeParse(definition);
  if (!rule.success) return { code: 'incomplete' };
  try {
    return await db.inShop(shop.id, async (scope) => ({
      code: 'counted' as const,
      all: await countCustomers(scope),
      divided: (await readFit(scope)) !== null,
      ...(await previewSegment(scope, rule.data, segmentFacts(shop, clock.now()), patience)),
    }));
  } catch (error) {
    if (isTooHeavy(error)) return { code: 'too-heavy' };
    throw error;
  }
}
