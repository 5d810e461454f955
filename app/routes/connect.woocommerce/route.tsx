import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { isSameOrigin, sessionCookie } from '#app/domains/merchant-sessions/index.ts';
import { beginConnection, connectByKeys } from '#app/flows/connect-woocommerce.ts';
import { readLeave } from '#app/flows/leave-progress.ts';
import { usePolling } from '../../ui/use-polling.ts';
import { connectCookie } from '../connect-cookie.server.ts';
import { ConnectPage } from './connect-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Connect your WooCommerce store · Trellis' }];

const notices = ['signed-out', 'denied', 'over', 'other-browser', 'used', 'bye'] as const;
export type Notice = (typeof notices)[number];

/** Anybody may open it: it holds nothing of a store, but for whoever has just taken leave of one. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams;
  const ticket = (query.get('left') ?? '').slice(0, 500);
  const leave = ticket === '' ? null : await readLeave(context.services, ticket);
  return {
    notice: notices.find((name) => query.has(name)) ?? null,
    address: (query.get('store') ?? leave?.domain ?? '').slice(0, 200),
    leave,
    now: context.services.clock.now(),
  };
}

const text = z.string().max(500).catch('');
const form = z.object({ address: text, key: text, secret: text });

export async function action({ request, context }: ActionFunctionArgs) {
  const { services } = context;
  const { SHOPIFY_APP_URL: appUrl } = services.config;
  // A page of somebody else must not sign this browser in to a store of theirs.
  if (!isSameOrigin(request, appUrl)) throw new Response('This was not sent by a page of Trellis.', { status: 403 });
  // What is no form is an empty one.
  const sent = await request.formData().catch(() => new FormData());
  const { address, key, secret } = form.parse(Object.fromEntries(sent));
  const refuse = ({ code, message }: { code: string; message: string }) =>
    data({ code, message, address }, { status: 400 });
  if (key.trim() !== '' || secret.trim() !== '') {
    const keys = { consumerKey: key.trim(), consumerSecret: secret.trim() };
    const connected = await connectByKeys(services, address, keys);
    if (!connected.ok) return refuse(connected);
    return redirect('/', { headers: { 'set-cookie': sessionCookie(connected.value.session, appUrl) } });
  }
  const begun = await beginConnection(services, address);
  if (!begun.ok) return refuse(begun);
  const { redirectTo, ...connection } = begun.value;
  return redirect(redirectTo, { headers: { 'set-cookie': connectCookie(connection, appUrl) } });
}

export default function ConnectRoute() {
  const { notice, address, leave, now } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>();
  usePolling(leave?.state === 'under-way');
  return (
    <ConnectPage
      notice={notice}
      leave={leave}
      now={now}
      address={problem?.address ?? address}
      problem={problem ?? null}
    />
  );
}
