import { setTimeout as pause } from 'node:timers/promises';
import { readCode } from '#app/domains/codes/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';

/** Shoppers wait for a page; stores make a code within a second or two. */
const patienceMs = 3_000;
const stepMs = 150;

/** The code of a redeemed reward once the store has made it; wanted where that takes longer, null where it cannot be. */
export async function waitForCode(
  { db }: Pick<Services, 'db'>,
  shopId: ShopId,
  redemptionId: string,
): Promise<{ readonly code: string } | 'wanted' | null> {
  const source = { kind: 'loyalty-reward', id: redemptionId, purpose: '' };
  for (let waited = 0; ; waited += stepMs) {
    const code = await db.inShop(shopId, (scope) => readCode(scope, source));
    if (code?.state === 'open') return { code: code.code };
    if (code?.state !== 'wanted') return null;
    if (waited >= patienceMs) return 'wanted';
    await pause(stepMs);
  }
}
