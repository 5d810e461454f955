import { Link } from '@remix-run/react';
import { Badge, BlockStack, Card, InlineGrid, InlineStack, Text } from '@shopify/polaris';
import type { PreviewedSuggestion } from '#app/domains/recommendations/index.ts';
import { ProductSearch } from '../../ui/recommendations/product-search.tsx';
import { Thumb } from '../../ui/thumb.tsx';
import type { RulesPageProps } from './rules-page.tsx';

const names = { together: 'Bought together', similar: 'Similar' } as const;

/** The lists of one product without and with the rules. */
export function RulesPreviewCard({
  search,
  product,
  found,
  preview,
}: Pick<RulesPageProps, 'search' | 'product' | 'found' | 'preview'>) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          What your rules change
        </Text>
        <ProductSearch search={search} placeholder="Title, vendor, type or SKU" />
        {search !== '' && product === '' ? (
          found.length === 0 ? (
            <Text as="p">No product fits this search.</Text>
          ) : (
            <ul className="bundle-rows">
              {found.map(({ id, title, imageUrl }) => (
                <li key={id} className="bundle-row">
                  <Thumb url={imageUrl} />
                  <Link
                    className="row-link"
                    to={`?${new URLSearchParams({ search, product: id }).toString()}`}
                    preventScrollReset
                  >
                    {title}
                  </Link>
                </li>
              ))}
            </ul>
          )
        ) : null}
        {product !== '' && preview === null ? <Text as="p">This product is not in your catalog any more.</Text> : null}
        {preview ? (
          <BlockStack gap="400">
            <Text as="h3" variant="headingMd">
              {preview.title}
            </Text>
            {preview.surfaces.map(({ surface, before, after }) => (
              <BlockStack key={surface} gap="200">
                <Text as="h4" variant="headingSm">
                  {names[surface]}
                </Text>
                <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
                  <Shown title="Without rules" list={before} />
                  <Shown title="With your rules" list={after} />
                </InlineGrid>
              </BlockStack>
            ))}
          </BlockStack>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function Shown({ title, list }: { title: string; list: readonly PreviewedSuggestion[] }) {
  return (
    <BlockStack gap="100">
      <Text as="h5" variant="bodyMd" tone="subdued">
        {title}
      </Text>
      {list.length === 0 ? (
        <Text as="p">Nothing</Text>
      ) : (
        <ol className="plain-rows">
          {list.map((one) => (
            <li key={one.productId}>
              <InlineStack gap="200" blockAlign="center">
                <Text as="span" breakWord>
                  {one.title}
                </Text>
                {one.adjustments.length > 0 ? <Badge tone="info">Moved</Badge> : null}
              </InlineStack>
              <Text as="p" tone="subdued" variant="bodySm" breakWord>
                {one.adjustedWords || one.words}
              </Text>
            </li>
          ))}
        </ol>
      )}
    </BlockStack>
  );
}
