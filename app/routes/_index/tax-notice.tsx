import { Banner } from '@shopify/polaris';
import { formatBps } from '../../ui/format.ts';
import { taxFieldId } from '../../ui/tax-field.ts';

/** Says that the store's prices contain a tax that nobody knows, and what is assumed. */
export function TaxNotice({
  assumedBps,
}: {
  /** null = the tax is known, or there is none */ assumedBps: number | null;
}) {
  if (assumedBps === null) return null;
  return (
    <Banner
      tone="warning"
      title="Your prices contain tax, and Trellis does not know how much"
      action={{ content: 'Enter the rate', url: `/settings#${taxFieldId}` }}
    >
      <p>
        Your store sells with tax in its prices, but your orders do not tell the rate. Trellis reckons with{' '}
        {formatBps(assumedBps)}, so that no discount goes below your minimum margin. With the right rate, or 0 if you
        pay no tax, discounts can be larger, and profit is no longer understated.
      </p>
    </Banner>
  );
}
