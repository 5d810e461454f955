import { readExpiring } from '#app/domains/ledger/index.ts';
import { type MailRequest, requestMails } from '#app/domains/notifications/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { localDay } from './local-time.ts';
import { versionAt } from './model.ts';
import { readRules } from './store.ts';

const dayMs = 86_400_000;
/** Days for which a warning is made good where the job did not run. */
const daysLate = 3;

/**
 * Asks for mails that tell members which points end soon: one for each day of warning and each day of ending. Asked again
 * it asks for nothing new.
 * @returns how many were asked for now
 */
export async function warnOfExpiry(
  services: Pick<Services, 'secrets' | 'clock'>,
  scope: ShopScope,
  url: string,
): Promise<number> {
  const now = services.clock.now();
  const rules = await readRules(scope);
  const version = rules && versionAt(rules.versions, now);
  if (!version) return 0;
  const requests: MailRequest[] = [];
  for (const days of version.settings.warnDays) {
    const to = new Date(now.getTime() + days * dayMs);
    const from = new Date(Math.max(now.getTime(), to.getTime() - daysLate * dayMs));
    const expiring = await readExpiring(scope, { ownerKind: 'customer', unit: 'points' }, { from, to });
    requests.push(
      ...expiring.map(({ ownerId, amount, expiresAt }) => ({
        template: 'loyalty.points-expire' as const,
        // Points end with a day: what is told is the last one on which they can be used.
        data: { points: amount, endsAt: new Date(expiresAt.getTime() - 1).toISOString(), url },
        source: {
          kind: 'loyalty-expiry',
          id: `${ownerId}:${localDay(expiresAt, rules.timeZone)}`,
          purpose: String(days),
        },
        to: { customerId: ownerId },
        expiresAt,
      })),
    );
  }
  return (await requestMails(services, scope, requests)).length;
}
