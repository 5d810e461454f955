import { Link } from '@remix-run/react';
import { Badge, BlockStack, Card, Icon, InlineStack, Text } from '@shopify/polaris';
import { ArrowLeftIcon } from '@shopify/polaris-icons';
import type { CatalogPage } from '#app/domains/catalog/index.ts';
import type { ProductExplanation } from '#app/domains/recommendations/index.ts';
import { formatCount, formatPlural } from '../../ui/format.ts';
import { Thumb } from '../../ui/thumb.tsx';
import { ExplainedList, type ExplainedListProps } from '../../ui/recommendations/explained-list.tsx';
import { lookUpAddress } from '../../ui/recommendations/look-up-address.ts';
import { ProductSearch } from '../../ui/recommendations/product-search.tsx';
import { AddToCart, type TriedCart } from './cart-card.tsx';

export interface LookUpProps {
  readonly search: string;
  readonly product: string;
  readonly found: CatalogPage | null;
  readonly explanation: (ProductExplanation & { readonly pictures: Readonly<Record<string, string | null>> }) | null;
  /** what everybody is shown; null while something is looked up */
  readonly popular: Pick<ExplainedListProps, 'list' | 'pictures'> | null;
  readonly cart: TriedCart;
}

/** Finds a product and shows what is suggested beside it, and why. */
export function ProductLookUp({ search, product, found, explanation, popular, cart }: LookUpProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          Look up a product
        </Text>
        <ProductSearch
          search={search}
          placeholder="Title, vendor, type or SKU"
          cart={cart.products.map(({ id }) => id)}
        />
        {found && product === '' ? <Found page={found} search={search} product={product} cart={cart} /> : null}
        {explanation ? <Explained explanation={explanation} search={search} product={product} cart={cart} /> : null}
        {product !== '' && !explanation ? <Text as="p">This product is not in your catalog any more.</Text> : null}
        {!found && product === '' ? (
          <Text as="p" tone="subdued">
            Search for a product to see what shoppers are shown beside it, and why.
          </Text>
        ) : null}
        {popular ? (
          <ExplainedList
            title="Popular: shown where nothing better is known"
            {...popular}
            none="Nothing was sold yet, so nothing is popular."
          />
        ) : null}
      </BlockStack>
    </Card>
  );
}

type AskedProps = Pick<LookUpProps, 'search' | 'product' | 'cart'>;

function Found({ page, ...asked }: AskedProps & { page: CatalogPage }) {
  const cart = asked.cart.products.map(({ id }) => id);
  if (page.products.length === 0) return <Text as="p">No product fits this search.</Text>;
  return (
    <BlockStack gap="200">
      <Text as="p" tone="subdued">
        {page.total > page.products.length
          ? `${formatPlural(page.total, 'product')}, the first ${formatCount(page.products.length)} are shown. Type more to find others.`
          : formatPlural(page.total, 'product')}
      </Text>
      <ul className="bundle-rows">
        {page.products.map((product) => (
          <li key={product.id} className="bundle-row">
            <Thumb url={product.imageUrl} />
            <div className="bundle-row-words">
              <Link
                className="row-link"
                to={lookUpAddress({ search: asked.search, product: product.id, cart })}
                preventScrollReset
              >
                {product.title}
              </Link>
              <Text as="span" tone="subdued">
                {[product.vendor, product.productType].filter(Boolean).join(' · ')}
              </Text>
            </div>
            <AddToCart id={product.id} title={product.title} {...asked} />
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}

function Explained({ explanation, ...asked }: AskedProps & { explanation: NonNullable<LookUpProps['explanation']> }) {
  const { search } = asked;
  const cart = asked.cart.products.map(({ id }) => id);
  return (
    <BlockStack gap="400">
      {search !== '' ? (
        <Link className="back-link" to={lookUpAddress({ search, cart })} preventScrollReset>
          <Icon source={ArrowLeftIcon} />
          <span>{`Back to the results for “${search}”`}</span>
        </Link>
      ) : null}
      <InlineStack gap="300" blockAlign="center" wrap={false}>
        <Thumb url={explanation.pictures[explanation.productId] ?? null} size="medium" />
        <BlockStack gap="100">
          <Text as="h3" variant="headingMd">
            {explanation.title}
          </Text>
          {explanation.sellable ? null : <Badge tone="attention">Not for sale now</Badge>}
          <InlineStack>
            <AddToCart id={explanation.productId} title={explanation.title} {...asked} />
          </InlineStack>
        </BlockStack>
      </InlineStack>
      <ExplainedList
        title="Bought together"
        list={explanation.together}
        pictures={explanation.pictures}
        none="No orders hold this product with another one often enough. Shoppers see similar products instead."
      />
      <ExplainedList
        title="Similar"
        list={explanation.similar}
        pictures={explanation.pictures}
        none="Nothing in your catalog is alike enough."
      />
    </BlockStack>
  );
}
