import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { z } from 'zod';
import { type ImportReport, importBalanceFile } from '#app/flows/loyalty/import-balances.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { ImportPage } from './import-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Bring balances · Loyalty' }];

export type ImportAnswer =
  { readonly ok: true; readonly report: ImportReport } | { readonly ok: false; readonly message: string };

const asked = z.object({ dry: z.boolean(), text: z.string().max(200_000) });

export async function loader(args: LoaderFunctionArgs) {
  await requireMerchant(args);
  return null;
}

/** One piece of a file; every piece begins with the file's heads. */
export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const piece = asked.safeParse(await readJson(args.request));
  if (!piece.success) return data<ImportAnswer>({ ok: false, message: 'Load the page again.' }, { status: 400 });
  const done = await importBalanceFile(args.context.services, merchant.shop.id, piece.data);
  return done.ok
    ? data<ImportAnswer>({ ok: true, report: done.value })
    : data<ImportAnswer>({ ok: false, message: done.message }, { status: 422 });
}

export default function Import() {
  return <ImportPage />;
}
