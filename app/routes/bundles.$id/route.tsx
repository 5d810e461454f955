import {
  type ActionFunctionArgs,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  data,
} from '@remix-run/node';
import { type ShouldRevalidateFunction, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import blockStyles from '#extensions/theme-app-extension/assets/trellis.css?url';
import { createBundle, getBundle, updateBundle } from '#app/domains/bundles/index.ts';
import { startPublishBundles } from '#app/flows/start-runs.ts';
import { BundleEditor } from './bundle-editor.tsx';
import { emptyForm, toEditorForm } from './form-state.ts';
import type { SaveAnswer } from './use-editor.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: blockStyles }];
export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: page?.form.title ? `${page.form.title} · Bundles` : 'New bundle' },
];

/**
 * A preview and a refused save write nothing; loading the page's data again then would replace what is being
 * typed, where somebody else has changed the bundle. On the way to another bundle data is always loaded.
 */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formAction,
  actionResult,
  defaultShouldRevalidate,
}) => {
  if (currentUrl.pathname !== nextUrl.pathname) return true;
  const refused = isAnswer(actionResult) && !actionResult.ok;
  return formAction !== '/bundles/preview' && !refused && defaultShouldRevalidate;
};

const isAnswer = (value: unknown): value is SaveAnswer => value !== null && typeof value === 'object' && 'ok' in value;

const sentSchema = z.object({ revision: z.number().int().min(0), form: z.unknown() });

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { id } = args.params;
  const shop = { currency: merchant.shop.currency, timeZone: merchant.shop.timeZone };
  if (id === undefined || id === 'new')
    return { id: null, revision: 0, form: emptyForm, shop, products: [], phase: null, numbers: null };
  const found = await merchant.inShop((scope) => getBundle(scope, id, merchant.now));
  if (!found.ok) throw new Response(found.message, { status: 404 });
  const { bundle, phase, products, numbers } = found.value;
  return { id: bundle.id, revision: bundle.revision, form: toEditorForm(bundle, shop), shop, products, phase, numbers };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { id } = args.params;
  const sent = sentSchema.safeParse(await readJson(args.request));
  if (!sent.success) throw new Response('The form could not be read. Reload the page and try again.', { status: 400 });
  const context = { now: merchant.now, newId: () => crypto.randomUUID() };
  const saved = await merchant.inShop((scope) =>
    id === undefined || id === 'new'
      ? createBundle(scope, sent.data.form, context)
      : updateBundle(scope, id, sent.data.revision, sent.data.form, context),
  );
  // A 4xx keeps the page's data as it is, so that nothing typed is lost.
  if (!saved.ok)
    return data<SaveAnswer>(saved, {
      status: saved.code === 'not-found' ? 404 : saved.code === 'conflict' ? 409 : 422,
    });
  await startPublishBundles(args.context.services, merchant.shop.id);
  return data<SaveAnswer>({ ok: true, id: saved.value.id });
}

export default function BundlePage() {
  const page = useLoaderData<typeof loader>();
  return <BundleEditor key={`${page.id ?? 'new'}:${String(page.revision)}`} page={page} />;
}
