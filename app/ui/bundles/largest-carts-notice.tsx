import { Banner } from '@shopify/polaris';

/** Says that the checkout cannot try all live bundles in the largest carts; `url`: where they are, from another page. */
export function LargestCartsNotice({ url }: { url?: string }) {
  return (
    <Banner
      tone="warning"
      title="The largest carts may miss some bundles"
      {...(url === undefined ? {} : { action: { content: 'See your bundles', url } })}
    >
      <p>
        So many bundles share so many products that the checkout cannot try all of them in a cart of 200 products. It
        tries as many as it can; usual carts get every discount. To be sure of all, pause bundles that you no longer
        need, or give each of them fewer products.
      </p>
    </Banner>
  );
}
