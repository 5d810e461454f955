import { Banner, BlockStack, InlineStack, Spinner, Text } from '@shopify/polaris';
import type { Leave } from '#app/flows/leave-progress.ts';
import { daysKeptAfterLeave } from '#app/shared/retention.ts';

/** Clearing a store takes seconds; after this many milliseconds it does not answer. */
const slowMs = 30_000;

const kept = `Your bundles and numbers are kept for ${String(daysKeptAfterLeave)} days in case you come back, then everything is erased.`;

/** What becomes of a store that was disconnected: it is being cleared, is cleared, or could not be. */
export function LeaveBanner({ leave, now }: { leave: Leave; now: Date }) {
  const { state, domain, since } = leave;
  if (state === 'cleared')
    return (
      <Banner tone="success" title="Your store is disconnected">
        <p>
          {`Trellis’ prices, suggestions and webhooks are gone from ${domain}, its codes are valid no more, and the plugin has deleted the key that Trellis had. Without the plugin, delete that key under WooCommerce, Settings, Advanced, REST API. ${kept}`}
        </p>
      </Banner>
    );
  if (state === 'not-cleared')
    return (
      <Banner tone="warning" title="Your store is disconnected, but could not be cleared">
        <p>
          {`${domain} did not let Trellis in to take its prices and suggestions back. In your store, open WooCommerce, Trellis and press Disconnect, or delete the plugin: either removes everything. Then delete the key and the webhooks named Trellis under WooCommerce, Settings, Advanced. ${kept}`}
        </p>
      </Banner>
    );
  const slow = now.getTime() - since.getTime() > slowMs;
  return (
    <Banner tone="info" title="Your store is being disconnected">
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center" wrap={false}>
          <Spinner size="small" />
          <Text as="span">{`Trellis takes its prices, suggestions and webhooks out of ${domain}.`}</Text>
        </InlineStack>
        <p>
          {slow
            ? 'The store does not answer yet. Trellis tries again for some minutes; you can close this page.'
            : 'Nothing is read from your store any more. You can close this page.'}
        </p>
      </BlockStack>
    </Banner>
  );
}
