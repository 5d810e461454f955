import { readTold } from '#app/domains/access/index.ts';
import { readProducts } from '#app/domains/catalog/index.ts';
import { type Code, readCodesOf } from '#app/domains/codes/index.ts';
import { type MailRequest, requestMails } from '#app/domains/notifications/index.ts';
import { noteTold, type OfferTerms, readOffers, readUntold } from '#app/domains/personal-offers/index.ts';
import { readShop } from '#app/domains/shops/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { earlyWords, giftWords } from './gift-words.ts';
import { isForProduct } from './gift-terms.ts';
import { codeKind } from './decide-waiting.ts';

/** Of mails that tell of an offer; the id is the grant's. */
export const mailKind = 'personal-offer';

/**
 * Tells the next customers what they were given, once their code works or the store lets them buy: nobody reads of what does
 * not work yet. Killed in the
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
  const offers = new Map((await readOffers(scope)).map((offer) => [offer.id, offer]));
  const early = [...offers.values()].flatMap(({ terms: { gift } }) =>
    gift.type === 'early-access' ? gift.productIds : [],
  );
  const titles = await titlesOf(scope, [...[...ready.values()].flatMap((code) => productOf(code) ?? []), ...early]);
  const letIn = new Map(
    (
      await readTold(
        scope,
        untold.map(({ customerId }) => customerId),
      )
    ).map((one) => [one.customerId, one.offers]),
  );
  const { currency, storefrontUrl } = await readShop(scope);
  const told: string[] = [];
  const mails: MailRequest[] = [];
  for (const [offerId, grants] of Map.groupBy(untold, (grant) => grant.offerId)) {
    const offer = offers.get(offerId);
    if (!offer) continue;
    for (const { id, customerId, endsAt } of grants) {
      // It ended before it worked, and nobody asks for it again.
      if (endsAt !== null && endsAt <= now) {
        told.push(id);
        continue;
      }
      const source = { kind: mailKind, id, purpose: '' };
      if (offer.terms.gift.type === 'early-access') {
        if (!letIn.get(customerId)?.includes(offerId)) continue;
        told.push(id);
        if (!offer.terms.channels.mail || endsAt === null) continue;
        const data = { ...earlyOffer(offer.terms, currency, titles), endsAt: lastMoment(endsAt), url: storefrontUrl };
        mails.push({ template: 'offers.personal', data, source, to: { customerId }, expiresAt: endsAt });
        continue;
      }
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
          endsAt: lastMoment(endsAt),
          url: storefrontUrl,
        },
        source,
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

/** An offer ends with a day: what is told is the last one on which it can be used. */
const lastMoment = (endsAt: Date): string => new Date(endsAt.getTime() - 1).toISOString();

/** Titles in one mail. */
const mostTitles = 3;

function earlyOffer({ gift, note }: OfferTerms, currency: string, titles: ReadonlyMap<string, string>) {
  const ids = gift.type === 'early-access' ? gift.productIds : [];
  const product = ids
    .flatMap((id) => titles.get(id) ?? [])
    .slice(0, mostTitles)
    .join(', ');
  return { ...earlyWords(currency), code: '', note, product };
}

async function titlesOf(scope: ShopScope, productIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await readProducts(scope, [...new Set(productIds)])).map(({ id, title }) => [id, title]));
}
