import { BlockStack, Card, Link, Text } from '@shopify/polaris';
import type { ExplainedCart } from '#app/flows/explain-cart.ts';

/** Why each offer did or did not apply. */
export function ReasonsCard({ explained: { reasons, search } }: { readonly explained: ExplainedCart }) {
  const said = reasons.filter(({ code }) => code !== 'search-bounded');
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          Why
        </Text>
        {said.length === 0 ? (
          <Text as="p" tone="subdued">
            No offer of yours has to do with these products.
          </Text>
        ) : (
          <ul className="bundle-rows" aria-live="polite">
            {said.map(({ code, about, offerId, words }, index) => (
              <li className="bundle-row" key={`${code} ${about} ${String(index)}`}>
                <div className="bundle-row-words">
                  <Text as="span" fontWeight="semibold" breakWord>
                    {offerId === null ? about : <Link url={`/bundles/${offerId}`}>{about}</Link>}
                  </Text>
                  <Text as="span" tone="subdued">
                    {words}
                  </Text>
                </div>
              </li>
            ))}
          </ul>
        )}
        <Text as="p" tone="subdued">
          {search === 'exact'
            ? 'No other combination of your offers saves the shopper more.'
            : said.length < reasons.length
              ? 'This cart is so large that the best combination was searched within a limit.'
              : 'Another choice of your bundles beside the code may save the shopper more.'}
        </Text>
      </BlockStack>
    </Card>
  );
}
