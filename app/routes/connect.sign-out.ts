import { type ActionFunctionArgs, redirect } from '@remix-run/node';
import { clearedCookie, endMySession, isSameOrigin, readSessionToken } from '#app/domains/merchant-sessions/index.ts';

/** Ends the session of this browser. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { config, db } = context.services;
  if (!isSameOrigin(request, config.SHOPIFY_APP_URL))
    throw new Response('This was not sent by a page of Trellis.', { status: 403 });
  const token = readSessionToken(request);
  // Whose session it is, is only known after the look-up.
  if (token !== null) await db.asSystem((scope) => endMySession(scope, token));
  return redirect('/connect/woocommerce?bye=1', { headers: { 'set-cookie': clearedCookie(config.SHOPIFY_APP_URL) } });
}
