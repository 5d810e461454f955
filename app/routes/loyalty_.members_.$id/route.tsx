import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { holdCustomer } from '#app/domains/customers/index.ts';
import {
  adjustment,
  adjustPoints,
  findMember,
  readAdjustments,
  readHistory,
  readLoyaltyView,
  readReasonsOfMember,
} from '#app/domains/loyalty/index.ts';
import { enqueueTelling } from '#app/flows/access/enqueue.ts';
import { cancelReward } from '#app/flows/loyalty/shopper.ts';
import { readJson } from '../json-body.server.ts';
import { reasonWords } from '../loyalty/reason-words.ts';
import { requireMerchant } from '../merchant.server.ts';
import { MemberPage } from './member-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Member · Loyalty' }];

export type MemberAnswer = { readonly ok: true } | { readonly ok: false; readonly message: string };

const pageSize = 50;
const change = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('adjust'), ...adjustment.omit({ customerId: true }).shape }),
  z.object({ intent: z.literal('cancel'), redemptionId: z.uuid() }),
]);
const beforeSchema = z.coerce.number().int().positive().nullable().catch(null);
const ordersSize = 20;
/** moment and id of the last order of the page before */
const ordersSchema = z
  .string()
  // The database knows no year 0.
  .regex(/^(?!0000)[^ ]+ [^\p{Cc}\p{Cs}]{1,64}$/u)
  .transform((text) => ({ placedAt: text.slice(0, text.indexOf(' ')), orderId: text.slice(text.indexOf(' ') + 1) }))
  .pipe(z.object({ placedAt: z.iso.datetime().transform((at) => new Date(at)), orderId: z.string() }))
  .nullable()
  .catch(null);

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const customerId = args.params['id'] ?? '';
  const params = new URL(args.request.url).searchParams;
  const before = beforeSchema.parse(params.get('before'));
  const beforeOrder = ordersSchema.parse(params.get('orders'));
  const { earned, ...page } = await merchant.inShop(async (scope) => {
    const member = await findMember(scope, customerId);
    if (!member && !(await holdCustomer(scope, customerId)))
      throw new Response('Your store has no such customer.', { status: 404 });
    return {
      joinedAt: member?.joinedAt ?? null,
      view: await readLoyaltyView(scope, customerId, merchant.now),
      history: await readHistory(scope, customerId, { before, limit: pageSize }),
      adjustments: await readAdjustments(scope, customerId),
      earned: await readReasonsOfMember(scope, customerId, { before: beforeOrder, limit: ordersSize + 1 }),
    };
  });
  const shown = earned.slice(0, ordersSize);
  const last = earned.length > ordersSize ? shown.at(-1) : undefined;
  const orders = {
    rows: shown.map((order) => ({
      ...{ orderId: order.orderId, name: order.name, placedAt: order.placedAt, points: order.points },
      ...{ version: order.version.version, from: order.version.from, reasons: reasonWords(order) },
    })),
    first: beforeOrder === null,
    next: last ? `${last.placedAt.toISOString()} ${last.orderId}` : null,
  };
  return { ...page, orders, customerId, first: before === null, timeZone: merchant.shop.timeZone };
}

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const customerId = args.params['id'] ?? '';
  const asked = change.safeParse(await readJson(args.request));
  if (!asked.success) {
    const message = asked.error.issues[0]?.message ?? 'Something is not filled in';
    return data<MemberAnswer>({ ok: false, message }, { status: 400 });
  }
  const { services } = args.context;
  const wish = asked.data;
  const done =
    wish.intent === 'cancel'
      ? await cancelReward(services, merchant.shop.id, { customerId, redemptionId: wish.redemptionId })
      : await merchant.inShop(async (scope) => {
          if (!(await findMember(scope, customerId)) && !(await holdCustomer(scope, customerId)))
            return { ok: false, message: 'Your store has no such customer.' } as const;
          return adjustPoints(scope, { ...wish, customerId }, merchant.now, merchant.actor);
        });
  if (done.ok) await enqueueTelling(services, merchant.shop.id);
  return done.ok
    ? data<MemberAnswer>({ ok: true })
    : data<MemberAnswer>({ ok: false, message: done.message }, { status: 422 });
}

export default function Member() {
  return <MemberPage {...useLoaderData<typeof loader>()} />;
}
