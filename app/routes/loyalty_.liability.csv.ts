import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { endOfDay, findProgramme, readLiability } from '#app/domains/loyalty/index.ts';
import { csvFile } from './csv.server.ts';
import { requireMerchant } from './merchant.server.ts';
import { liabilityRows } from './loyalty/liability-rows.ts';

const dayQuery = z.iso.date().nullable().catch(null);

/** What the programme owes, as CSV for the accountant: now, or at the end of a day by the shop's calendar (`?day=`). */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const { now, shop } = merchant;
  const day = dayQuery.parse(new URL(args.request.url).searchParams.get('day'));
  const end = day === null ? now : endOfDay(day, shop.timeZone);
  const at = end < now ? end : now;
  const liability = await merchant.inShop(async (scope) => {
    const programme = await findProgramme(scope);
    return programme && (await readLiability(scope, programme.settings, now, at));
  });
  if (!liability) throw new Response('There is no programme yet.', { status: 404 });
  return csvFile('loyalty-liability.csv', liabilityRows(liability, at, shop.currency));
}
