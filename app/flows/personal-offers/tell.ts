import { readProducts } from '#app/domains/catalog/index.ts';
import { type Code, readCodesOf } from '#app/domains/codes/index.ts';
import { type MailRequest, requestMails } from '#app/domains/notifications/index.ts';
import { noteTold, readOffers, readUntold } from '#app/domains/personal-offers/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { giftWords } from './gift-words.ts';
import { isForProduct } from './gift-terms.ts';
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
  // What the store refuses for now may be made when it is tried again.
  const ready = new Map(
    codes.filter(({ state }) => state !== 'wanted' && state !== 'refused').map((code) => [code.source.id, code]),
  );
  const titles = await titlesOf(scope, [...ready.values()]);
  const offers = new Map((await readOffers(scope)).map((offer) => [offer.id, offer]));
  const { currency, storefrontUrl } = await readShop(scope);
  const told: string[] = [];
  const mails: MailRequest[] = [];
  for (const [offerId, grants] of Map.groupBy(untold, (grant) => grant.offerId)) {
    const offer = offers.get(offerId);
    if (!offer) continue;
    for (const { id, customerId, endsAt } of grants) {
      const code = ready.get(id);
      if (!code) continue;
      told.push(id);
      if (code.state !== 'open' || !offer.terms.channels.mail || endsAt === null) continue;
      mails.push({
        template: 'offers.personal',
        data: {
          ...giftWords(code.terms, currency),
          code: code.code,
          note: offer.terms.note,
          product: isForProduct(offer.terms) ? (titles.get(productOf(code) ?? '') ?? '') : '',
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

/** The one product that a code is for. */
const productOf = ({ terms }: Pick<Code, 'terms'>): string | undefined =>
  terms.type === 'free-product' ? terms.productId : terms.productIds?.[0];

async function titlesOf(scope: ShopScope, codes: readonly Code[]): Promise<ReadonlyMap<string, string>> {
  const named = [...new Set(codes.flatMap((code) => productOf(code) ?? []))];
  return new Map((await readProducts(scope, named)).map(({ id, title }) => [id, title]));
}
