import type { ImportReport } from '#app/flows/loyalty/import-balances.ts';
import { formatPlural } from '../../ui/format.ts';

type Columns = NonNullable<ImportReport['columns']>;
type Refused = ImportReport['refusedLines'][number];

const dividers: Readonly<Record<Columns['delimiter'], string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };

/** What a file would bring, or has brought. */
export function titleOf({ points, customers, given }: ImportReport, dry: boolean): string {
  return dry
    ? `${formatPlural(points, 'point')} for ${formatPlural(customers, 'customer')} would come over`
    : `${formatPlural(given, 'customer')} ${given === 1 ? 'has' : 'have'} their points`;
}

/** How the file was understood, and what of it brings nothing. */
export function notesOf({ columns, before, rounded, unknown, empty }: ImportReport): string[] {
  return [
    ...(columns === null ? [] : [columnsWords(columns)]),
    ...(before > 0 ? [`${formatPlural(before, 'customer')} had them from this file before`] : []),
    ...(rounded > 0 ? [`${formatPlural(rounded, 'balance')} with a fraction of a point: it is rounded up`] : []),
    ...(unknown > 0 ? [`${formatPlural(unknown, 'line')} with customers whom the store does not have`] : []),
    ...(empty > 0 ? [`${formatPlural(empty, 'line')} without points`] : []),
  ];
}

function columnsWords({ email, customerId, points, delimiter }: Columns): string {
  const by = [...new Set([email, customerId])].flatMap((head) => (head === null ? [] : [`“${head}”`]));
  return `Customers by ${by.join(' and ')}, points from “${points}”, divided by ${dividers[delimiter]}`;
}

/** Why a line of the file is left out, and what to do about it. */
export function refusedWords({ line, why, points }: Refused): string {
  const said = points.trim() === '' ? 'nothing' : `“${points.trim()}”`;
  const words: Readonly<Record<Refused['why'], string>> = {
    'no-customer': 'it names no e-mail address and no customer number',
    'not-a-number': `${said} is no number of points`,
    unclear: `${said} may be a thousand or a fraction: write it without a divider`,
    'two-customers': 'its e-mail address and its customer number are not the same customer’s here',
  };
  return `Line ${String(line)}: ${words[why]}`;
}
