import { randomBytes } from 'node:crypto';
import { forgetTold } from '#app/domains/access/index.ts';
import { joinClaims } from '#app/domains/attribution/index.ts';
import { joinCodes } from '#app/domains/codes/index.ts';
import { lastOf, noteMerge } from '#app/domains/customers/index.ts';
import { joinSubjects } from '#app/domains/identity/index.ts';
import type { Step } from '#app/domains/inbox/index.ts';
import { joinOwners } from '#app/domains/ledger/index.ts';
import { joinMembers } from '#app/domains/loyalty/index.ts';
import { joinMails } from '#app/domains/notifications/index.ts';
import { joinBuyers } from '#app/domains/orders/index.ts';
import { joinOffers } from '#app/domains/personal-offers/index.ts';
import { deletePersonalLists } from '#app/domains/recommendations/index.ts';
import { joinAdvocates } from '#app/domains/referrals/index.ts';
import { forgetScoresOf, joinTags, scoreCustomers } from '#app/domains/segments/index.ts';
import { joinIdentities } from '#app/domains/signals/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import type { EventOf } from '#app/platforms/platform.ts';
import { followCustomers } from './segments/follow-customers.ts';

type Merged = EventOf<'customer-merged'>;

/** Two customers became one: what the first had goes on with the second. */
export function customerMerged({ clock, secrets }: Pick<Services, 'clock' | 'secrets'>): Step<Merged>[] {
  const step = (name: string, join: (scope: ShopScope, from: string, into: string) => Promise<void>): Step<Merged> => ({
    name,
    async write(scope, events) {
      for (const { id, from } of events) {
        // The second may have become a third by now, of which was told before.
        const into = await lastOf(scope, id);
        if (into !== from) await join(scope, from, into);
      }
    },
  });
  return [
    {
      name: 'merge',
      async write(scope, events) {
        for (const { id, from } of events) if (id !== from) await noteMerge(scope, from, id, clock.now());
      },
    },
    step('ledger', async (scope, from, id) => {
      const [into, at] = [asOwner(id), clock.now()];
      // The ledger forgets nothing, so that it is told nobody's id.
      const source = { kind: 'customer-merge', id: secrets.hash(`${scope.shopId}:${from}:${id}`, 'customer-merge') };
      const { code } = await joinOwners(scope, { from: asOwner(from), into, source, at });
      // Its redemption ends before long; the event is tried again.
      if (code === 'held') throw new Error('something is set aside for a redemption under way');
    }),
    step('mails', (scope, from, id) => joinMails(scope, from, id, clock.now())),
    // Orders first: whose they are decides what the others make of it.
    step('persons', async (scope, from, id) => {
      await joinBuyers(scope, from, id);
      await joinSubjects(scope, from, id);
      await joinIdentities(scope, from, id);
      await deletePersonalLists(scope, [from]);
      await joinTags(scope, from, id);
      await forgetScoresOf(scope, [from]);
      await forgetTold(scope, [from]);
      await scoreCustomers(scope, [id], clock.now());
    }),
    step('loyalty', (scope, from, id) => joinMembers(scope, from, id, clock.now())),
    step('segments', (scope, _from, id) => followCustomers({ clock }, scope, [id])),
    step('codes', (scope, from, id) => joinCodes(scope, from, id, { now: clock.now(), random: randomBytes })),
    step('offers', joinOffers),
    step('referrals', async (scope, from, id) => {
      const joined = await joinAdvocates(scope, from, id, clock.now());
      if (joined) await joinClaims(scope, 'referral', joined.from, joined.into);
    }),
  ];
}

export const asOwner = (ownerId: string) => ({ ownerKind: 'customer', ownerId });
