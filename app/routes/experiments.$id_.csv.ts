import type { LoaderFunctionArgs } from '@remix-run/node';
import { findSplitTest, readingOf } from '#app/domains/experiments/index.ts';
import { formatDecimal, minorUnitDigits } from '#app/shared/money.ts';
import { changeWords } from './experiments.$id/experiment-words.ts';
import { csvFile } from './csv.server.ts';
import { requireMerchant } from './merchant.server.ts';

const heads = [
  'version',
  'shows',
  'share_percent',
  'visitors',
  'buyers',
  'orders',
  'revenue',
  'profit',
  'profit_per_visitor',
  'difference',
  'difference_low',
  'difference_high',
  'currency',
];

/** Averages keep four more digits than the currency has. */
function fine(minor: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  return (minor / 10 ** digits).toFixed(digits + 4);
}

/** The table of an experiment as CSV, one row a version. */
export async function loader(args: LoaderFunctionArgs): Promise<Response> {
  const merchant = await requireMerchant(args);
  const id = args.params['id'] ?? '';
  const marginBps = merchant.shop.settings.defaultMarginBps;
  const found = await merchant.inShop(async (scope) => {
    const test = await findSplitTest(scope, id);
    return test && { test, reading: await readingOf(scope, test, { now: merchant.now, marginBps }) };
  });
  if (!found) return new Response('There is no such experiment.', { status: 404 });
  const { test, reading } = found;
  const rows = (reading?.arms ?? []).map((arm) => {
    const currency = reading?.currency ?? merchant.shop.currency;
    const shown = test.arms.find((one) => one.key === arm.key);
    return [
      arm.key.toUpperCase(),
      shown ? changeWords(shown.change, currency) : '',
      String(arm.share / 100),
      String(arm.visitors),
      String(arm.buyers),
      String(arm.orders),
      formatDecimal(Math.round(arm.revenueMinor), currency),
      formatDecimal(Math.round(arm.profitMinor), currency),
      fine(arm.profitPerVisitor, currency),
      ...(['difference', 'low', 'high'] as const).map((part) =>
        arm.contrast ? fine(arm.contrast[part], currency) : '',
      ),
      currency,
    ];
  });
  return csvFile(`experiment-${test.id}.csv`, [heads, ...rows]);
}
