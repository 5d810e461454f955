import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { sessionCookie } from '#app/domains/merchant-sessions/index.ts';
import { finishConnection } from '#app/flows/connect-woocommerce.ts';
import { readConnectCookie } from './connect-cookie.server.ts';

/** The merchant comes back from the store's page. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { services } = context;
  const query = new URL(request.url).searchParams;
  const state = query.get('user_id') ?? '';
  const finished = await finishConnection(services, { state, browser: readConnectCookie(request, state) });
  if (finished.ok)
    return redirect('/', {
      headers: { 'set-cookie': sessionCookie(finished.value.session, services.config.SHOPIFY_APP_URL) },
    });
  if (finished.code === 'other-browser') return redirect('/connect/woocommerce?other-browser=1');
  return redirect(query.get('success') === '0' ? '/connect/woocommerce?denied=1' : '/connect/woocommerce?over=1');
}
