import { useNavigate } from '@remix-run/react';
import { BlockStack, Box, Button, Card, EmptyState, InlineGrid, Layout, Page, Text } from '@shopify/polaris';
import type { ExplainedCart } from '#app/flows/explain-cart.ts';
import { pickProducts } from '../../ui/product-picker.ts';
import { type StoreStanding, StoreNotice } from '../../ui/store-notice.tsx';
import { type AskedCode, type AskedLine, cartAddress } from './cart-address.ts';
import { CartCard } from './cart-card.tsx';
import { ReasonsCard } from './reasons-card.tsx';

interface TryPageProps extends AskedCode {
  readonly explained: ExplainedCart | null;
  readonly minMarginBps: number;
  readonly standing: StoreStanding;
}

/** Any cart of the store, what it costs now, and why. */
export function TryPage({ explained, code, codeClass, minMarginBps, standing }: TryPageProps) {
  const navigate = useNavigate();
  const lines: readonly AskedLine[] = explained?.lines ?? [];
  const show = (next: readonly AskedLine[], nextCode: AskedCode = { code, codeClass }): void => {
    navigate(cartAddress(next, nextCode), { replace: true, preventScrollReset: true });
  };
  const choose = async (): Promise<void> => {
    const picked = await pickProducts(lines);
    if (!picked) return;
    const before = (productId: string, variantId: string | null) =>
      lines.find((line) => line.productId === productId && (variantId === null || line.variantId === variantId));
    show(
      picked.map(({ productId, variantId }) => ({
        productId,
        variantId,
        quantity: before(productId, variantId)?.quantity ?? 1,
      })),
    );
  };
  return (
    <Page title="Try a cart" subtitle="What shoppers pay, and why" backAction={{ content: 'Bundles', url: '/bundles' }}>
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <StoreNotice standing={standing} />
            {explained === null ? (
              <Card>
                <EmptyState
                  heading="Put products into a cart"
                  action={{ content: 'Choose products', onAction: () => void choose() }}
                  image=""
                >
                  <p>You see which of your offers apply, which do not and why, and your margin after all of them.</p>
                </EmptyState>
              </Card>
            ) : (
              <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400" alignItems="start">
                <CartCard
                  explained={explained}
                  code={code}
                  codeClass={codeClass}
                  minMarginBps={minMarginBps}
                  onLines={show}
                  onCode={(next) => {
                    show(lines, next);
                  }}
                  choose={
                    <Button onClick={() => void choose()} id="choose-products">
                      Change products
                    </Button>
                  }
                />
                <ReasonsCard explained={explained} />
              </InlineGrid>
            )}
            <Box paddingInline={{ xs: '400', sm: '0' }}>
              <Text as="p" tone="subdued">
                Prices are those of the catalog, in the currency of your store, without shipping and tax. Running price
                tests are left out.
              </Text>
            </Box>
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}
