import { BlockStack, Box, DataTable, EmptyState, Text } from '@shopify/polaris';
import type { CodeDay, StoreRefusal } from '#app/domains/codes/index.ts';
import { formatCount, formatMoment, formatMoney } from '../../ui/format.ts';

export interface CodesReport {
  readonly days: readonly CodeDay[];
  readonly refusals: readonly StoreRefusal[];
  readonly currency: string;
}

interface CodesViewProps extends CodesReport {
  readonly timeZone: string;
}

/** What to do about each kind of refusal. */
function adviceOf({ what, unsure }: StoreRefusal): string {
  if (unsure) return 'Look at the customer in your store’s admin, and give it by hand only if it is missing.';
  if (what === 'code') return 'Mend what the reason says, then try the work “Codes” again.';
  return 'Mend what the reason says. Points that were paid for it are back with the customer, who can ask for it again.';
}

const names = { code: 'Code', 'gift-card': 'Gift card', 'store-credit': 'Store credit' } as const;

/** How rewards and offers that work by codes fared at the checkout, and what the store refused. */
export function CodesView({ days, refusals, currency, timeZone }: CodesViewProps) {
  if (days.length + refusals.length === 0)
    return (
      <EmptyState heading="No codes were used lately" image="">
        <p>Rewards, friends’ offers and personal offers reach customers as codes. What becomes of them appears here.</p>
      </EmptyState>
    );
  return (
    <Box padding="400">
      <BlockStack gap="500">
        {refusals.length > 0 ? (
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              Refused by your store
            </Text>
            <DataTable
              columnContentTypes={['text', 'text', 'text', 'text']}
              headings={['What', 'When', 'Why', 'What to do']}
              rows={refusals.map((one) => [
                `${names[one.what]} ${one.title ?? (one.amountMinor === null ? '' : formatMoney(one.amountMinor, one.currency ?? currency))}`,
                formatMoment(one.at, timeZone),
                one.reason,
                adviceOf(one),
              ])}
              verticalAlign="top"
            />
          </BlockStack>
        ) : null}
        {days.length > 0 ? (
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              Codes in orders, day by day
            </Text>
            <Text as="p" tone="subdued">
              A code takes less off than it says where the order would otherwise fall below your lowest margin.
            </Text>
            <DataTable
              columnContentTypes={['text', 'numeric', 'numeric', 'numeric']}
              headings={['Day', 'Used', 'Reduced', 'Kept for your margin']}
              rows={days.map(({ day, used, reduced, keptMinor }) => [
                day,
                formatCount(used),
                formatCount(reduced),
                formatMoney(keptMinor, currency),
              ])}
            />
          </BlockStack>
        ) : null}
      </BlockStack>
    </Box>
  );
}
