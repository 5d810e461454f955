import type { LoaderFunctionArgs } from '@remix-run/node';
import { readDataFile } from '#app/domains/activity/index.ts';
import { isUuid } from '#app/shared/ids.ts';
import { requireMerchant } from './merchant.server.ts';

/** The file that answers a customer's data request, for the merchant of that store only. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const id = args.params['id'] ?? '';
  const file = isUuid(id) ? await merchant.inShop((scope) => readDataFile(scope, id)) : null;
  if (file === null) return new Response('There is no such file, or its 30 days are over.', { status: 404 });
  return new Response(file, {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="customer-data-${id}.json"`,
      'Cache-Control': 'no-store',
    },
  });
}
