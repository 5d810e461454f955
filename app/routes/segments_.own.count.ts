import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { type CountAnswer, countSegment } from '#app/flows/segments/count-segment.ts';
import { readJson } from './json-body.server.ts';
import { requireMerchant } from './merchant.server.ts';

const sent = z.object({ definition: z.unknown() });

/** Counts who meets conditions while they are being put together. */
export async function action(args: ActionFunctionArgs): Promise<CountAnswer> {
  const merchant = await requireMerchant(args);
  const body = sent.safeParse(await readJson(args.request));
  if (!body.success) return { code: 'incomplete' };
  return countSegment(args.context.services, merchant.shop, body.data.definition);
}
