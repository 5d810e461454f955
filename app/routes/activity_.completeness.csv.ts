import type { LoaderFunctionArgs } from '@remix-run/node';
import { readHoursOfArrivals, shareInTime, startOfWindow, toWindow } from '#app/domains/completeness/index.ts';
import { csvFile } from './csv.server.ts';
import { requireMerchant } from './merchant.server.ts';

const heads = ['hour_utc', 'kind', 'arrived', 'within_5_minutes', 'share', 'refilled', 'slowest_seconds'];

/** What reached us of the store hour by hour, as CSV. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const window = toWindow(new URL(args.request.url).searchParams.get('window'));
  const hours = await merchant.inShop((scope) => readHoursOfArrivals(scope, startOfWindow(window, merchant.now)));
  const rows = hours.map((hour) => [
    hour.at.toISOString(),
    hour.resource,
    String(hour.arrived),
    String(hour.inTime),
    (shareInTime(hour) ?? 1).toFixed(4),
    String(hour.refilled),
    String(hour.slowestSeconds),
  ]);
  return csvFile(`completeness-${window}.csv`, [heads, ...rows]);
}
