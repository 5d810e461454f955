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
import { foreignCurrency, getAnyBundle } from '#app/domains/bundles/index.ts';
import { readCollections } from '#app/domains/catalog/index.ts';
import { deliverySchema } from '#app/domains/deliveries/index.ts';
import { changesBundle, readTestsIn } from '#app/domains/experiments/index.ts';
import { hasPage } from '#app/flows/bundle-page-slots.ts';
import { bundlePagePath } from '#app/flows/bundle-page-url.ts';
import { chooseDelivery } from '#app/flows/choose-delivery.ts';
import { readDeliveryChoices } from '#app/flows/delivery-choices.ts';
import { saveBundle } from '#app/flows/save-bundle.ts';
import { startPublishBundles } from '#app/flows/start-runs.ts';
import { isKind } from '../../ui/bundles/kinds.ts';
import { BundleEditor, type EditorPage } from './bundle-editor.tsx';
import type { DeliveryAnswer } from './delivery-card.tsx';
import { startForm, toEditorForm } from './form-state.ts';
import { StartPage } from './start-page.tsx';
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
  if (currentUrl.pathname !== nextUrl.pathname || currentUrl.search !== nextUrl.search) return true;
  const refused = isAnswer(actionResult) && !actionResult.ok;
  // A bundle that was just deleted has no data any more; its page is being left for the list.
  if (formAction === '/bundles/change' && isDeletion(actionResult)) return false;
  return formAction !== '/bundles/preview' && !refused && defaultShouldRevalidate;
};

const isAnswer = (value: unknown): value is SaveAnswer => value !== null && typeof value === 'object' && 'ok' in value;

const isDeletion = (value: unknown): boolean =>
  value !== null && typeof value === 'object' && 'intent' in value && value.intent === 'delete';

const sentSchema = z.union([
  z.object({ delivery: deliverySchema }),
  z.object({ revision: z.number().int().min(0), form: z.unknown() }),
]);

export async function loader(args: LoaderFunctionArgs): Promise<EditorPage | null> {
  const merchant = await requireMerchant(args);
  const { id } = args.params;
  const { words } = merchant;
  const shop = { currency: merchant.shop.currency, timeZone: merchant.shop.timeZone };
  if (id === undefined || id === 'new') {
    const kind = new URL(args.request.url).searchParams.get('kind');
    // Without a kind the page asks for one.
    if (!isKind(kind)) return null;
    const fresh = {
      id: null,
      revision: 0,
      products: [],
      collections: [],
      phase: null,
      numbers: null,
      shareAddress: null,
      delivery: null,
      test: null,
      enteredIn: null,
    };
    return { ...fresh, form: startForm(kind), shop, words };
  }
  const found = await merchant.inShop(async (scope) => {
    const answer = await getAnyBundle(scope, id, merchant.now);
    const ids = answer.ok && 'collections' in answer.value.bundle ? answer.value.bundle.collections : [];
    const collections = await readCollections(
      scope,
      ids.map(({ collectionId }) => collectionId),
    );
    const choices =
      answer.ok && merchant.capabilities?.nativeBundles
        ? await readDeliveryChoices(scope, merchant.shop, answer.value.bundle, answer.value.products)
        : null;
    const running = answer.ok ? await readTestsIn(scope, ['running']) : [];
    const test = running.find(({ subject }) => changesBundle(subject) && subject.id === id) ?? null;
    return { answer, collections, choices, test };
  });
  if (!found.answer.ok) throw new Response(found.answer.message, { status: 404 });
  const { bundle, phase, products, numbers } = found.answer.value;
  return {
    id: bundle.id,
    revision: bundle.revision,
    form: toEditorForm(bundle, shop),
    shop,
    products,
    collections: found.collections,
    words,
    phase,
    numbers,
    shareAddress: hasPage(bundle)
      ? `${merchant.shop.storefrontUrl}${bundlePagePath(bundle, merchant.capabilities?.pagePrefix)}`
      : null,
    delivery: found.choices,
    enteredIn: foreignCurrency(bundle, shop.currency),
    test: found.test && { id: found.test.id, title: found.test.title },
  };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { id } = args.params;
  const sent = sentSchema.safeParse(await readJson(args.request));
  if (!sent.success) throw new Response('The form could not be read. Reload the page and try again.', { status: 400 });
  if ('delivery' in sent.data) {
    const chosen = await chooseDelivery(args.context.services, merchant.shop.id, id ?? '', sent.data.delivery);
    if (!chosen.ok) throw new Response(chosen.message, { status: 404 });
    return data<DeliveryAnswer>({ delivery: chosen.value });
  }
  const { revision, form } = sent.data;
  const context = { now: merchant.now, newId: () => crypto.randomUUID() };
  const standing = id === undefined || id === 'new' ? null : id;
  const saved = await merchant.inShop((scope) => saveBundle(scope, { id: standing, revision, form }, context));
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
  if (page === null) return <StartPage />;
  return <BundleEditor key={`${page.id ?? page.form.kind}:${String(page.revision)}`} page={page} />;
}
