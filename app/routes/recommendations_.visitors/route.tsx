import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { z } from 'zod';
import { readProducts } from '#app/domains/catalog/index.ts';
import { readBrowsersOf, readIdentity, rejoinIdentity, splitIdentity } from '#app/domains/signals/index.ts';
import { explainStoredList, explainVisitor } from '#app/domains/recommendations/index.ts';
import { standingOf } from '#app/flows/asker-standing.ts';
import { interestOfPerson } from '#app/flows/cart-affinity.ts';
import { customerNamed } from '#app/flows/customer-named.ts';
import type { ShopScope } from '#app/infra/database.ts';
import { isUuid } from '#app/shared/ids.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { VisitorsPage } from './visitors-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Who is who' }];

/** A visitor's id or a customer's number. */
const idSchema = z.string().regex(/^[\w-]{1,64}$/);
/** The same, or a customer's e-mail address. */
const whoSchema = z.union([idSchema, z.email()]);
const changeSchema = z.object({ intent: z.enum(['split', 'join']), visitorId: idSchema, customerId: idSchema });

/** The customer's own list, as the blocks “for you” show it, and why each product is in it. */
async function ownList(scope: ShopScope, customerId: string, now: Date) {
  const found = await explainStoredList(scope, 'for-you', customerId, now);
  const list = found?.suggestions ?? [];
  const pictured = await readProducts(
    scope,
    list.map((one) => one.productId),
  );
  return { list, pictures: Object.fromEntries(pictured.map((product) => [product.id, product.imageUrl])) };
}

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const asked = whoSchema.safeParse((new URL(args.request.url).searchParams.get('who') ?? '').trim());
  const { services } = args.context;
  const who = asked.success ? await merchant.inShop((scope) => customerNamed(services, scope, asked.data)) : null;
  const links =
    who === null
      ? null
      : await merchant.inShop((scope) => (isUuid(who) ? readIdentity(scope, who) : readBrowsersOf(scope, who)));
  const visitorId = who !== null && isUuid(who) ? who : (links?.[0]?.visitorId ?? null);
  const customerId = who === null || isUuid(who) ? null : who;
  const interest = visitorId === null ? null : await interestOfPerson(services, merchant.shop.id, visitorId);
  return {
    explained:
      who !== null && (interest !== null || customerId !== null)
        ? await merchant.inShop(async (scope) => {
            const standing = await standingOf(scope, merchant, { visitorId, customerId });
            return explainVisitor(scope, { interest, ...standing });
          })
        : null,
    links,
    own: customerId === null ? null : await merchant.inShop((scope) => ownList(scope, customerId, merchant.now)),
    timeZone: merchant.shop.timeZone,
    standing: merchant.standing,
  };
}

/** Takes a browser and a customer apart, or puts them together again. */
export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const sent = changeSchema.safeParse(await readJson(args.request));
  if (!sent.success) throw new Response('Name a visitor and a customer.', { status: 400 });
  const { intent, ...pair } = sent.data;
  const done = await merchant.inShop((scope) =>
    intent === 'split' ? splitIdentity(scope, pair, merchant.now) : rejoinIdentity(scope, pair),
  );
  return data({ done }, { status: done ? 200 : 404 });
}

export default function WhoIsWho() {
  const [params] = useSearchParams();
  // Anew for each person: what the field holds is theirs.
  return <VisitorsPage key={params.get('who') ?? ''} {...useLoaderData<typeof loader>()} />;
}
