import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  type Gift,
  findOffer,
  offerTemplates,
  offerTerms,
  readOfferFigures,
  templateIds,
} from '#app/domains/personal-offers/index.ts';
import { readSegmentChoices } from '#app/domains/segments/index.ts';
import { type Audience, countAudience } from '#app/flows/personal-offers/audience.ts';
import { measureOffer, sumsTimeoutMs } from '#app/flows/personal-offers/measure.ts';
import { guardOffer, type GuardReading, saveOffer, switchOffer } from '#app/flows/personal-offers/merchant.ts';
import { isUuid } from '#app/shared/ids.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { productTitles } from '../product-titles.server.ts';
import { toOfferForm } from './offer-form.ts';
import { OfferPage } from './offer-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Personal offer' }];

export type OfferAnswer =
  | { readonly ok: true; readonly id: string | null; readonly look: Look | null }
  | { readonly ok: false; readonly message: string };

/** What the offer as it is typed would reach, and what the margin leaves of it. */
export interface Look {
  readonly audience: Audience;
  readonly guard: readonly GuardReading[];
}

const templateSchema = z.enum(templateIds).catch('win-back');
const sentLook = z.object({ look: offerTerms });
const sentIntent = z.object({ intent: z.string() });

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { shop, now, standing } = merchant;
  const { currency, timeZone } = shop;
  const id = args.params['id'] ?? '';
  const { services } = args.context;
  return services.db.inShop(
    shop.id,
    async (scope) => {
      const choices = await readSegmentChoices(scope);
      const known = { choices, currency, timeZone, standing, titles: {} };
      if (id === 'new') {
        const template = templateSchema.parse(new URL(args.request.url).searchParams.get('template') ?? '');
        const { title, terms } = offerTemplates[template];
        const look = {
          audience: await countAudience(services, scope, terms, now),
          guard: await guardOffer(scope, terms),
        };
        return { ...known, id: null, form: toOfferForm(title, terms, currency, timeZone), offer: null, look };
      }
      const offer = isUuid(id) ? await findOffer(scope, id) : null;
      if (!offer) throw new Response('There is no such offer any more.', { status: 404 });
      const { title, terms, status, endReason, revision, stopped, liveFrom, filled } = offer;
      const { trigger } = terms;
      const measured = await measureOffer(scope, offer, now);
      return {
        ...known,
        titles: await productTitles(scope, productsOf(terms.gift)),
        id,
        form: toOfferForm(title, terms, currency, timeZone),
        offer: {
          ...{ title, status, endReason, revision, stopped, liveFrom },
          gift: terms.gift,
          among: terms.among.length > 0,
          entering: status === 'live' && trigger.type === 'segment' && trigger.present && !filled,
          figures: (await readOfferFigures(scope, now, id)).get(id) ?? null,
          result: measured?.result ?? null,
          sizes: measured
            ? { profit: [...measured.sizes.profit], chosen: measured.sizes.chosen, customers: measured.sizes.customers }
            : null,
        },
        look: {
          audience: await countAudience(services, scope, terms, now),
          guard: await guardOffer(scope, terms),
        },
      };
    },
    { timeoutMs: sumsTimeoutMs },
  );
}

/** What a gift names. */
function productsOf(gift: Gift): readonly string[] {
  if (gift.type === 'free-product') return [gift.productId];
  return gift.type === 'percentage' || gift.type === 'early-access' ? gift.productIds : [];
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { services } = args.context;
  const { shop, now } = merchant;
  const id = args.params['id'] ?? '';
  const sent = await readJson(args.request);
  const looked = sentLook.safeParse(sent);
  if (looked.success) {
    const { look: terms } = looked.data;
    const look = await merchant.inShop(async (scope) => ({
      audience: await countAudience(services, scope, terms, now),
      guard: await guardOffer(scope, terms),
    }));
    return data<OfferAnswer>({ ok: true, id: null, look });
  }
  const done = sentIntent.safeParse(sent).success
    ? await switchOffer(services, shop.id, id, sent)
    : await saveOffer(services, shop.id, id === 'new' ? null : id, sent);
  if (!done.ok) return data<OfferAnswer>({ ok: false, message: done.message }, { status: 422 });
  return data<OfferAnswer>({ ok: true, id: done.value?.id ?? null, look: null });
}

export default function PersonalOffer() {
  const loaded = useLoaderData<typeof loader>();
  return <OfferPage key={`${loaded.id ?? 'new'} ${String(loaded.offer?.revision ?? 0)}`} {...loaded} />;
}
