import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { draftIdea, ideaTitle, readIdeaView } from '#app/flows/bundle-ideas.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { IdeaPage } from './idea-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page ? `${page.title} · Bundle ideas` : 'Bundle ideas' },
];

/** Every whole percentage that the slider offers, basis points. */
const tried = Array.from({ length: 40 }, (_, index) => (index + 1) * 100);

const sentSchema = z.object({ basisPoints: z.number().int().min(1).max(10_000) });

export type DraftAnswer =
  { readonly ok: true; readonly bundleId: string } | { readonly ok: false; readonly message: string };

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const id = args.params['id'] ?? '';
  const view = await merchant.inShop((scope) => readIdeaView(scope, id, merchant, tried));
  if (!view) throw new Response('This idea is no longer there. A newer search may have replaced it.', { status: 404 });
  return {
    ...view,
    title: ideaTitle(view.idea, view.products),
    currency: merchant.shop.currency,
    rules: merchant.rules,
    minMarginBps: merchant.shop.settings.minMarginBps,
  };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const sent = sentSchema.safeParse(await readJson(args.request));
  if (!sent.success)
    throw new Response('The request could not be read. Reload the page and try again.', { status: 400 });
  const context = { rules: merchant.rules, now: merchant.now, newId: () => crypto.randomUUID() };
  const request = { id: args.params['id'] ?? '', basisPoints: sent.data.basisPoints };
  const made = await merchant.inShop((scope) => draftIdea(scope, request, context));
  return made.ok
    ? data<DraftAnswer>({ ok: true, bundleId: made.value.bundleId })
    : data<DraftAnswer>({ ok: false, message: made.message }, { status: made.code === 'not-found' ? 404 : 422 });
}

export default function BundleIdea() {
  const page = useLoaderData<typeof loader>();
  return <IdeaPage key={page.idea.id} {...page} />;
}
