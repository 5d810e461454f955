import { Banner, BlockStack, Link, List, Text } from '@shopify/polaris';

/** A bundle that is on, but in no store: the discount cannot hold it. */
export interface LeftOutBundle {
  readonly id: string;
  readonly title: string;
}

/** Says which bundles the checkout's discount cannot hold, and what to do; nothing where it holds all. */
export function LeftOutNotice({ bundles }: { bundles: readonly LeftOutBundle[] }) {
  if (bundles.length === 0) return null;
  const one = bundles.length === 1;
  return (
    <Banner tone="critical" title={one ? 'A bundle is not in your store' : 'Bundles are not in your store'}>
      <BlockStack gap="200">
        <Text as="p">
          The checkout’s discount cannot hold {one ? 'it' : 'them'}, so the store does not show {one ? 'it' : 'them'};
          all others work. Give {one ? 'it' : 'them'} fewer products (a collection counts with each of its products), or
          pause bundles that you no longer need.
        </Text>
        <List>
          {bundles.map(({ id, title }) => (
            <List.Item key={id}>
              <Link url={`/bundles/${id}`}>{title}</Link>
            </List.Item>
          ))}
        </List>
      </BlockStack>
    </Banner>
  );
}
