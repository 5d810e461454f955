import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { changeMerchantSettings } from '#app/flows/start-runs.ts';
import { SettingsPage } from './settings-page.tsx';
import { toSettingsForm } from './settings-form.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';

export const meta: MetaFunction = () => [{ title: 'Settings' }];

export type SettingsAnswer = { readonly ok: true } | { readonly ok: false; readonly message: string };

export async function loader(args: LoaderFunctionArgs) {
  const { shop, standing, capabilities } = await requireMerchant(args);
  return {
    form: toSettingsForm(shop.settings),
    tax: { included: shop.tax.included, learntBps: shop.tax.learntBps, orders: shop.tax.orders },
    codesKnown: capabilities?.discountEngine === 'plugin',
    usualCodeBps: shop.platformState.usualCodeBps ?? 0,
    standing,
    store: {
      address: shop.storefrontUrl,
      leave: capabilities !== null && capabilities.connectPage !== null,
      companion: shop.platformState.companion ?? null,
    },
  };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const saved = await changeMerchantSettings(args.context.services, merchant.shop.id, await readJson(args.request));
  return saved.ok
    ? data<SettingsAnswer>({ ok: true })
    : data<SettingsAnswer>({ ok: false, message: saved.message }, { status: 422 });
}

export default function Settings() {
  const { form, ...rest } = useLoaderData<typeof loader>();
  return <SettingsPage key={JSON.stringify(form)} initial={form} {...rest} />;
}
