import { Banner, Link, List } from '@shopify/polaris';

export type ForeignBundles = readonly { readonly id: string; readonly title: string; readonly currency: string }[];

/** Says which bundles stand still since the store's currency changed, and what to do. */
export function ForeignBundlesNotice({ bundles, currency }: { bundles: ForeignBundles; currency: string }) {
  if (bundles.length === 0) return null;
  return (
    <Banner
      tone="warning"
      title={`Your store sells in ${currency} now. Some bundles give nothing until you look at them`}
    >
      <p>Their amounts were entered in another currency. Open each one, enter its amounts anew and save it.</p>
      <List>
        {bundles.map(({ id, title, currency: entered }) => (
          <List.Item key={id}>
            <Link url={`/bundles/${id}`}>{title}</Link> ({entered})
          </List.Item>
        ))}
      </List>
    </Banner>
  );
}
