import { type MailRequest, requestMails } from '#app/domains/notifications/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { versionAt } from '../model.ts';
import { readRules } from '../store.ts';
import { readTierChanges } from './store-tiers.ts';

const dayMs = 86_400_000;
/** Days for which a mail is made good where the job did not run; later it would be no news. */
const daysLate = 3;

/**
 * Asks for mails that tell members of the higher tier that they are in: one for each time they came into it. Who merely
 * begins in the lowest one is told nothing. Asked again it asks for nothing new.
 * @returns how many were asked for now
 */
export async function tellTiers(
  services: Pick<Services, 'secrets' | 'clock'>,
  scope: ShopScope,
  url: string,
): Promise<number> {
  const now = services.clock.now();
  const rules = await readRules(scope);
  const levels = rules && versionAt(rules.versions, now)?.settings.tiers.levels;
  if (!levels || levels.length === 0) return 0;
  const changes = await readTierChanges(scope, new Date(now.getTime() - daysLate * dayMs));
  const rank = (id: string): number => levels.findIndex((level) => level.id === id);
  const requests = changes.flatMap(({ id, customerId, fromTier, toTier }): MailRequest[] => {
    const level = levels.find((one) => one.id === toTier);
    if (!level || rank(toTier) <= rank(fromTier) || level.at === 0) return [];
    return [
      {
        template: 'loyalty.tier-reached',
        data: { tier: level.name, brings: level.perks, url },
        source: { kind: 'loyalty-tier', id: id.toString(), purpose: '' },
        to: { customerId },
      },
    ];
  });
  return (await requestMails(services, scope, requests)).length;
}
