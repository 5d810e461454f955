import { readProducts } from '#app/domains/catalog/index.ts';
import { readCodesOf } from '#app/domains/codes/index.ts';
import { readOffers, readOpenGrants } from '#app/domains/personal-offers/index.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { codeKind } from './decide-waiting.ts';
import { earlyWords, type GiftWords, giftWords } from './gift-words.ts';

/** An offer as its customer sees it. */
export interface MyOffer {
  readonly gift: GiftWords;
  /** null = nothing to type in */
  readonly code: string | null;
  /** products that it is for; empty = everything */
  readonly products: readonly { readonly title: string }[];
  /** ISO text of the last moment at which it can be used */
  readonly endsAt: string;
}

const mostProducts = 5;

/** What a customer was offered and can use now; nothing where the store has not made the code yet. */
export async function readMyOffers(
  scope: ShopScope,
  customerId: string,
  { currency, now }: { readonly currency: string; readonly now: Date },
): Promise<MyOffer[]> {
  const grants = await readOpenGrants(scope, customerId, now);
  if (grants.length === 0) return [];
  const codes = await readCodesOf(
    scope,
    codeKind,
    grants.map(({ id }) => id),
  );
  const productsOf = ({ terms }: (typeof codes)[number]): readonly string[] =>
    terms.type === 'free-product' ? [terms.productId] : (terms.productIds ?? []).slice(0, mostProducts);
  const early = new Map(
    (await readOffers(scope)).flatMap(({ id, terms: { gift } }): [string, readonly string[]][] =>
      gift.type === 'early-access' ? [[id, gift.productIds.slice(0, mostProducts)]] : [],
    ),
  );
  const asked = [...codes.flatMap(productsOf), ...[...early.values()].flat()];
  const products = new Map((await readProducts(scope, asked)).map((one) => [one.id, one]));
  const titled = (ids: readonly string[]) =>
    ids.flatMap((id) => products.get(id) ?? []).map(({ title }) => ({ title }));
  return grants.flatMap(({ id, offerId, endsAt }): MyOffer[] => {
    const mayBuy = early.get(offerId);
    if (mayBuy && endsAt !== null)
      return [{ gift: earlyWords(currency), code: null, products: titled(mayBuy), endsAt: lastMoment(endsAt) }];
    const code = codes.find(({ source }) => source.id === id);
    if (code?.state !== 'open' || endsAt === null) return [];
    return [
      {
        gift: giftWords(code.terms, currency),
        code: code.code,
        products: titled(productsOf(code)),
        endsAt: lastMoment(endsAt),
      },
    ];
  });
}

const lastMoment = (endsAt: Date): string => new Date(endsAt.getTime() - 1).toISOString();
