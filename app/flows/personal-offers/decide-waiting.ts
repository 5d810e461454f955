import { randomBytes } from 'node:crypto';
import { issueCodes, readCodesOf } from '#app/domains/codes/index.ts';
import {
  decide,
  type Decision,
  findOffer,
  type Grant,
  lockOffers,
  type PersonalOffer,
  readAmong,
  readEarlier,
  readLargeBasket,
  readPolicy,
  readTaken,
  saveDecisions,
  takeWaiting,
} from '#app/domains/personal-offers/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { codeTermsOf, isForProduct, readGiftProducts } from './gift-terms.ts';

/** Of codes that personal offers give; the id is the grant's: one for each rule, customer and occurrence. */
export const codeKind = 'personal-offer';

const yearMs = 365 * 86_400_000;
const dayMs = 86_400_000;
/** Reckoned with before the first order: a hundred of a currency with cents. */
const unknownBasketMinor = 10_000;

/**
 * What a part of the price is reckoned with: a large order of the shop, read once for however many customers wait.
 * @returns minor units; 0 where nobody waits
 */
export async function basketOfWaiting(scope: ShopScope, now: Date): Promise<number> {
  if ((await takeWaiting(scope, 1)).length === 0) return 0;
  return Math.max(1, (await readLargeBasket(scope, new Date(now.getTime() - yearMs))) ?? unknownBasketMinor);
}

/**
 * Decides on the next customers who wait, and issues their codes in the same transaction: killed in the middle, nothing was
 * given; run again, nobody is given anything twice. The shop's offers queue up, so that no budget is spent twice.
 * @param basketMinor see `basketOfWaiting`
 * @returns how many were decided on, and how many were given something
 */
export async function decideWaiting(
  scope: ShopScope,
  { limit, basketMinor }: { readonly limit: number; readonly basketMinor: number },
  now: Date,
): Promise<{ readonly decided: number; readonly given: number }> {
  await lockOffers(scope);
  const waiting = await takeWaiting(scope, limit);
  if (waiting.length === 0) return { decided: 0, given: 0 };
  const policy = await readPolicy(scope);
  let given = 0;
  for (const [offerId, grants] of Map.groupBy(waiting, (grant) => grant.offerId)) {
    const offer = await findOffer(scope, offerId);
    if (offer) given += await decideOffer(scope, offer, grants, { policy, basketMinor, now });
  }
  return { decided: waiting.length, given };
}

async function decideOffer(
  scope: ShopScope,
  offer: PersonalOffer,
  grants: readonly Grant[],
  known: { readonly policy: Awaited<ReturnType<typeof readPolicy>>; readonly basketMinor: number; readonly now: Date },
): Promise<number> {
  const { terms, id } = offer;
  const { policy, now } = known;
  const products = await readGiftProducts(scope, terms, grants, now);
  const customers = grants.map(({ customerId }) => customerId);
  const decisions = decide(offer, grants, {
    ...known,
    among: await readAmong(scope, terms.among, customers),
    earlier: await readEarlier(scope, customers, Math.max(policy.days, terms.cap.days), now),
    taken: await readTaken(scope, id, now),
    priceOf: (grant) => (isForProduct(terms) ? (products.get(grant.id)?.priceMinor ?? 'none') : null),
  });
  const given = decisions.filter((one): one is Extract<Decision, { state: 'given' }> => one.state === 'given');
  await issueCodes(
    scope,
    given.flatMap(({ grant, size }) => {
      const code = codeTermsOf(terms, size, products.get(grant.id)?.productId ?? null);
      if (code === null) return [];
      return [
        {
          source: { kind: codeKind, id: grant.id, purpose: '' },
          title: offer.title,
          terms: code,
          customerId: grant.customerId,
          uses: 1,
          startsAt: now,
          endsAt: new Date(now.getTime() + terms.validDays * dayMs),
        },
      ];
    }),
    { now, random: randomBytes },
  );
  const codes = await readCodesOf(
    scope,
    codeKind,
    given.map(({ grant }) => grant.id),
  );
  const { gift } = terms;
  const ends =
    gift.type === 'early-access'
      ? given.map(({ grant }) => [grant.id, new Date(gift.until)] as const)
      : codes.map(({ source, endsAt }) => [source.id, endsAt] as const);
  await saveDecisions(scope, decisions, new Map(ends), now);
  return given.length;
}
