import type { Shop } from '#app/domains/shops/index.ts';
import { highestStandardTaxBps } from '#app/shared/tax-in-prices.ts';
import { formatBps, formatPlural } from '../../ui/format.ts';

/** What is known of the tax in the store's prices. */
export type TaxFacts = Pick<Shop['tax'], 'included' | 'learntBps' | 'orders'>;

/** Which rate counts and whence it is, under what is typed into the field. `warn`: something is to be done. */
export function taxWords(
  { included, learntBps, orders }: TaxFacts,
  typed: string,
): { readonly help: string; readonly placeholder: string; readonly warn: boolean } {
  const entered = typed.trim() !== '';
  const net = 'Margins and profit are taken of the price without it.';
  const placeholder = learntBps === null || included !== true ? '' : String(learntBps / 100);
  const calm = { placeholder, warn: false };
  if (included === false)
    return {
      ...calm,
      help: `By your store’s settings its prices contain no tax. ${entered ? 'This rate is not used; you can empty the field.' : 'There is nothing to enter.'}`,
    };
  if (included === null)
    return { ...calm, help: `Its usual rate, such as 19, where shoppers see prices with tax in them. ${net}` };
  const learnt =
    learntBps === null ? null : `${formatBps(learntBps)}, read from your last ${formatPlural(orders ?? 0, 'order')}`;
  if (entered) {
    const instead = learnt === null ? '' : ` Empty the field to use ${learnt}.`;
    return { ...calm, help: `Your store sells with tax in its prices; this rate is used. ${net}${instead}` };
  }
  if (learnt !== null)
    return {
      ...calm,
      help: `Your store sells with tax in its prices. Used: ${learnt}. ${net} Enter another rate if that is wrong.`,
    };
  return {
    help: `Your store sells with tax in its prices, and its orders do not tell the rate yet. Until they do, ${formatBps(highestStandardTaxBps)} is assumed, so that no discount goes below your minimum margin; most discounts could be larger. Enter your usual rate, or 0 if you pay no tax.`,
    placeholder,
    warn: true,
  };
}
