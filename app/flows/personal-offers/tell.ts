import { readCodesOf } from '#app/domains/codes/index.ts';
import { type MailRequest, requestMails } from '#app/domains/notifications/index.ts';
import { noteTold, readOffers, readUntold } from '#app/domains/personal-offers/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { giftWords } from './gift-words.ts';
import { readGiftProducts } from './gift-terms.ts';
import { codeKind } from './decide-waiting.ts';

/** Of mails that tell of an offer; the id is the grant's. */
export const mailKind = 'personal-offer';

/**
 * Tells the next customers what they were given, once their code works: nobody reads of a code that does not. Killed in the
 * middle, nobody was told; run again, nobody is told twice.
 * @param after id of the last one of the page before
 */
export async function tellSome(
  services: Pick<Services, 'secrets' | 'clock'>,
  scope: ShopScope,
  after: string | null,
  limit: number,
): Promise<{ readonly next: string | null; readonly mails: number }> {
  const now = services.clock.now();
  const untold = await readUntold(scope, after, limit);
  const codes = await readCodesOf(
    scope,
    codeKind,
    untold.map(({ id }) => id),
  );
  const codeOf = new Map(codes.map((code) => [code.source.id, code]));
  const offers = new Map((await readOffers(scope)).map((offer) => [offer.id, offer]));
  const { currency, storefrontUrl } = await readShop(scope);
  const told: string[] = [];
  const mails: MailRequest[] = [];
  for (const [offerId, grants] of Map.groupBy(untold, (grant) => grant.offerId)) {
    const offer = offers.get(offerId);
    if (!offer) continue;
    const products = await readGiftProducts(scope, offer.terms, grants, now);
    for (const { id, customerId, endsAt } of grants) {
      const code = codeOf.get(id);
      // What the store refuses for now may be made when it is tried again.
      if (!code || code.state === 'wanted' || code.state === 'refused') continue;
      told.push(id);
      if (code.state !== 'open' || !offer.terms.channels.mail || endsAt === null) continue;
      mails.push({
        template: 'offers.personal',
        data: {
          ...giftWords(code.terms, currency),
          code: code.code,
          note: offer.terms.note,
          product: products.get(id)?.title ?? '',
          // An offer ends with a day: what is told is the last one on which it can be used.
          endsAt: new Date(endsAt.getTime() - 1).toISOString(),
          url: storefrontUrl,
        },
        source: { kind: mailKind, id, purpose: '' },
        to: { customerId },
        expiresAt: endsAt,
      });
    }
  }
  await noteTold(scope, told, now);
  const { length } = await requestMails(services, scope, mails);
  return { next: untold.length < limit ? null : (untold.at(-1)?.id ?? null), mails: length };
}
