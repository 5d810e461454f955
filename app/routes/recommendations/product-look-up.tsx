import { Link, useSearchParams } from '@remix-run/react';
import { Badge, BlockStack, Box, Card, Icon, InlineStack, Text } from '@shopify/polaris';
import { ArrowLeftIcon } from '@shopify/polaris-icons';
import type { CatalogPage } from '#app/domains/catalog/index.ts';
import type { ExplainedSuggestion, ProductExplanation } from '#app/domains/recommendations/index.ts';
import { formatCount, formatPlural } from '../../ui/format.ts';
import { Thumb } from '../../ui/thumb.tsx';
import { ProductSearch } from '../../ui/recommendations/product-search.tsx';
import { sourceWords } from '../../ui/recommendations/source-words.ts';
import { rulesWords, suggestionWords, surenessTone } from './sureness-words.ts';

export interface LookUpProps {
  readonly search: string;
  readonly product: string;
  readonly found: CatalogPage | null;
  readonly explanation: (ProductExplanation & { readonly pictures: Readonly<Record<string, string | null>> }) | null;
  /** what everybody is shown; null while something is looked up */
  readonly popular: Pick<SuggestionsProps, 'list' | 'pictures'> | null;
}

/** Finds a product and shows what is suggested beside it, and why. */
export function ProductLookUp({ search, product, found, explanation, popular }: LookUpProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          Look up a product
        </Text>
        <ProductSearch search={search} placeholder="Title, vendor, type or SKU" />
        {found && product === '' ? <Found page={found} /> : null}
        {explanation ? <Explained explanation={explanation} /> : null}
        {product !== '' && !explanation ? <Text as="p">This product is not in your catalog any more.</Text> : null}
        {!found && product === '' ? (
          <Text as="p" tone="subdued">
            Search for a product to see what shoppers are shown beside it, and why.
          </Text>
        ) : null}
        {popular ? (
          <Suggestions
            title="Popular: shown where nothing better is known"
            {...popular}
            none="Nothing was sold yet, so nothing is popular."
          />
        ) : null}
      </BlockStack>
    </Card>
  );
}

function Found({ page }: { page: CatalogPage }) {
  const [params] = useSearchParams();
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
                to={`?${new URLSearchParams({ search: params.get('search') ?? '', product: product.id }).toString()}`}
                preventScrollReset
              >
                {product.title}
              </Link>
              <Text as="span" tone="subdued">
                {[product.vendor, product.productType].filter(Boolean).join(' · ')}
              </Text>
            </div>
          </li>
        ))}
      </ul>
    </BlockStack>
  );
}

function Explained({ explanation }: { explanation: NonNullable<LookUpProps['explanation']> }) {
  const [params] = useSearchParams();
  const search = params.get('search');
  return (
    <BlockStack gap="400">
      {search ? (
        <Link className="back-link" to={`?${new URLSearchParams({ search }).toString()}`} preventScrollReset>
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
        </BlockStack>
      </InlineStack>
      <Suggestions
        title="Bought together"
        list={explanation.together}
        pictures={explanation.pictures}
        none="No orders hold this product with another one often enough. Shoppers see similar products instead."
      />
      <Suggestions
        title="Similar"
        list={explanation.similar}
        pictures={explanation.pictures}
        none="Nothing in your catalog is alike enough."
      />
    </BlockStack>
  );
}

interface SuggestionsProps {
  readonly title: string;
  readonly list: readonly ExplainedSuggestion[];
  readonly pictures: Readonly<Record<string, string | null>>;
  readonly none: string;
}

function Suggestions({ title, list, pictures, none }: SuggestionsProps) {
  const best = Math.max(0, ...list.map(({ score }) => score));
  const shown = told(list);
  const more = list.length - shown.length;
  return (
    <BlockStack gap="200">
      <Text as="h4" variant="headingSm">
        {title}
      </Text>
      {list.length === 0 ? (
        <Text as="p" tone="subdued">
          {none}
        </Text>
      ) : (
        <ol className="bundle-rows">
          {shown.map((one) => (
            <li key={one.productId} className="bundle-row">
              <Thumb url={pictures[one.productId] ?? null} />
              <div className="bundle-row-words">
                <InlineStack gap="200" blockAlign="center">
                  <Text as="span" fontWeight="semibold" breakWord>
                    {one.title}
                  </Text>
                  {one.sellable ? null : <Badge tone="attention">Hidden: not for sale</Badge>}
                  <Badge tone={surenessTone[one.confidence]}>{suggestionWords(one)}</Badge>
                </InlineStack>
                <Text as="span" tone="subdued">
                  {[one.place === null ? 'Brought in by your rule' : sourceWords(one.source), ...evidence(one)].join(
                    ' · ',
                  )}
                </Text>
                {rulesWords(one).map((line) => (
                  <Text key={line} as="span">
                    {line}
                  </Text>
                ))}
                <Box aria-hidden="true">
                  <span className="chart-bars-track">
                    <span
                      className="chart-bars-fill"
                      style={{ inlineSize: `${String(best > 0 ? Math.max(2, (one.score / best) * 100) : 0)}%` }}
                    />
                  </span>
                </Box>
              </div>
            </li>
          ))}
        </ol>
      )}
      {more > 0 ? (
        <Text as="p" tone="subdued">
          {`${formatCount(more)} more wait behind these, for when one is sold out or in the cart already.`}
        </Text>
      ) : null}
    </BlockStack>
  );
}

/** So many orders make a comparison with chance worth saying: one order of two rare products is a thousand times chance. */
const enoughOrders = 3;

function evidence({ reason }: ExplainedSuggestion): string[] {
  return [
    ...(reason.support > 0
      ? [`${formatPlural(reason.support, 'order')}${reason.because === null ? '' : ' with both'}`]
      : []),
    ...(reason.lift > 1 && reason.support >= enoughOrders
      ? [
          `${formatCount(reason.lift < 10 ? Math.round(reason.lift * 10) / 10 : Math.round(reason.lift))} times as often as by chance`,
        ]
      : []),
  ];
}

/** The first of what shoppers see, and all that the merchant's rules took away. */
function told(list: readonly ExplainedSuggestion[]): ExplainedSuggestion[] {
  return [
    ...list.filter(({ excludedBy }) => excludedBy === null).slice(0, 8),
    ...list.filter(({ excludedBy }) => excludedBy !== null),
  ];
}
