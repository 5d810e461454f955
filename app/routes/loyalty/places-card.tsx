import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import { useEditorLink } from '../../ui/use-editor-link.ts';

export interface RewardsPlaces {
  /** of the page of rewards in the store */
  readonly address: string;
  /** the merchant puts our blocks into the theme */
  readonly themeEditor: boolean;
  /** the store's plan lets apps stand in the checkout itself */
  readonly insideCheckout: boolean;
}

/** How shoppers come to their points. */
export function PlacesCard({ address, themeEditor, insideCheckout }: RewardsPlaces) {
  const editorLink = useEditorLink();
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Where shoppers find it
        </Text>
        <Text as="p">
          Each customer has a page of rewards:{' '}
          <Link url={address} target="_blank">
            {address}
          </Link>
        </Text>
        {themeEditor ? (
          <>
            <Text as="p" tone="subdued">
              Put this address into your store’s menu and into the menu of customer accounts. In the theme editor belong
              the blocks “Points for the product” and “Points in the cart”, and “Rewards button” under App embeds; Home
              says which of them are live.
            </Text>
            <Text as="p" tone="subdued">
              {insideCheckout
                ? 'At the checkout customers use their points too: in the checkout editor add the block “Points and suggestions”.'
                : 'On your store’s plan points are used in the cart: the checkout itself takes blocks of apps only after the order.'}
            </Text>
            <Link url={editorLink('earn-points')}>Open the theme editor</Link>
          </>
        ) : (
          <Text as="p" tone="subdued">
            It stands in the account’s menu, on product pages, in the cart, at the checkout and after the purchase by
            itself. On the page of Trellis in your store’s admin you choose where, and switch on a button in the corner
            of every page.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
