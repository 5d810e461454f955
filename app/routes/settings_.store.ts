import { type ActionFunctionArgs, data, redirect } from '@remix-run/node';
import { z } from 'zod';
import { clearedCookie } from '#app/domains/merchant-sessions/index.ts';
import { lookForCompanion } from '#app/flows/check-companion.ts';
import { findConnectedShop } from '#app/flows/connected-shop.ts';
import { disconnectStore } from '#app/flows/disconnect-store.ts';
import { PlatformAccessLost, PlatformRefusal, PlatformUnavailable } from '#app/platforms/platform.ts';
import { readJson } from './json-body.server.ts';
import { requireMerchant } from './merchant.server.ts';

export type StoreAnswer = { readonly ok: true } | { readonly ok: false; readonly message: string };

const asked = z.object({ intent: z.enum(['check', 'disconnect']) });

/** Looks for the store's plugin now, or takes leave of the store, where that is not the platform's own business. */
export async function action(args: ActionFunctionArgs) {
  const { services } = args.context;
  const { shop, capabilities } = await requireMerchant(args);
  const read = asked.safeParse(await readJson(args.request));
  if (!read.success || !capabilities?.connectPage)
    return data<StoreAnswer>({ ok: false, message: 'This cannot be done here.' }, { status: 422 });
  if (read.data.intent === 'disconnect') {
    const ticket = await disconnectStore(services, shop.id);
    return redirect(`${capabilities.connectPage}?left=${encodeURIComponent(ticket)}`, {
      headers: { 'set-cookie': clearedCookie(services.config.SHOPIFY_APP_URL) },
    });
  }
  try {
    const connected = await findConnectedShop(services, shop.id);
    if (connected) await lookForCompanion(services, connected, { renew: true });
    return data<StoreAnswer>({ ok: true });
  } catch (error) {
    const told =
      error instanceof PlatformUnavailable || error instanceof PlatformRefusal || error instanceof PlatformAccessLost;
    if (!told) throw error;
    return data<StoreAnswer>({ ok: false, message: error.message }, { status: 422 });
  }
}
