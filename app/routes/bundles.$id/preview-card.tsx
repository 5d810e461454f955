import { Badge, BlockStack, Box, Card, Divider, InlineStack, Link, SkeletonBodyText, Text } from '@shopify/polaris';
import type { BundleProduct } from '#app/domains/bundles/index.ts';
import { PromiseBadge } from '../../ui/bundles/promise-badge.tsx';
import { discountWords, promiseOf, promisedSaving } from '../../ui/bundles/promise.ts';
import { formatBps, formatMoney, formatPlural } from '../../ui/format.ts';
import type { PreviewAnswer } from '../bundles.preview.ts';
import { ExampleCarts } from './example-carts.tsx';
import type { EditorForm } from './form-state.ts';

/** Sets are shown in the store as a box of their own. */
const isSet = ({ kind }: EditorForm): boolean => kind === 'fixed' || kind === 'mix-and-match';

interface PreviewCardProps {
  readonly form: EditorForm;
  readonly answer: PreviewAnswer | undefined;
  readonly products: ReadonlyMap<string, BundleProduct>;
  readonly currency: string;
}

/** The bundle as the shopper will see it, with the style sheet of the theme block itself. */
export function PreviewCard({ form, answer, products, currency }: PreviewCardProps) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          {isSet(form) ? 'In your store' : 'Example carts'}
        </Text>
        {answer === undefined ? (
          <SkeletonBodyText lines={6} />
        ) : !isSet(form) ? (
          <ExampleCarts carts={answer.carts} currency={currency} defaultMarginBps={answer.defaultMarginBps} />
        ) : form.items.length === 0 ? (
          <Text as="p" tone="subdued">
            Choose products to see the bundle as shoppers will.
          </Text>
        ) : (
          <>
            <StorefrontSet form={form} answer={answer} products={products} currency={currency} />
            <Divider />
            <Economics answer={answer} currency={currency} />
            {answer.carts.length === 0 ? null : (
              <>
                <Divider />
                <Text as="h3" variant="headingSm">
                  Example carts
                </Text>
                <ExampleCarts carts={answer.carts} currency={currency} defaultMarginBps={answer.defaultMarginBps} />
              </>
            )}
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function StorefrontSet({ form, answer, products, currency }: PreviewCardProps & { answer: PreviewAnswer }) {
  const { preview } = answer;
  // The store promises what holds for every choice of units, not what this one could have.
  const saving = preview
    ? Math.min(preview.savingMinor, promisedSaving(preview.promised, preview.priceBeforeMinor))
    : 0;
  return (
    <div className="trellis bundle-preview">
      <div className="trellis-set">
        <p className="trellis-set-title">{form.title || 'Your title'}</p>
        {form.kind === 'mix-and-match' ? <p className="trellis-note">{`Pick any ${form.pickCount}.`}</p> : null}
        <ul className="trellis-rows">
          {form.items.map((item) => {
            const product = products.get(item.productId);
            const variant =
              product?.variants.find((candidate) => candidate.id === item.variantId) ?? product?.variants[0];
            const count = form.kind === 'fixed' ? Number(item.quantity) || 1 : 1;
            return (
              <li key={`${item.productId}:${item.variantId ?? ''}`} className="trellis-row">
                <span className="trellis-picture">
                  {product?.imageUrl ? <img src={product.imageUrl} alt="" /> : null}
                </span>
                <span className="trellis-words">
                  <span className="trellis-title">{product?.title ?? 'Product'}</span>
                  {count > 1 ? <span className="trellis-each">{`× ${String(count)}`}</span> : null}
                </span>
                {variant ? (
                  <span className="trellis-price">{formatMoney(variant.priceMinor * count, currency)}</span>
                ) : null}
              </li>
            );
          })}
        </ul>
        {preview ? (
          <div className="trellis-sum">
            <p className="trellis-total">
              {saving > 0 ? <s className="trellis-before">{formatMoney(preview.priceBeforeMinor, currency)}</s> : null}
              <strong>{formatMoney(preview.priceBeforeMinor - saving, currency)}</strong>
              {saving > 0 ? <span className="trellis-badge">{`Save ${formatMoney(saving, currency)}`}</span> : null}
            </p>
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Economics({ answer, currency }: { answer: PreviewAnswer; currency: string }) {
  const { preview, available } = answer;
  if (!preview) {
    return (
      <Text as="p" tone="subdued">
        Prices appear here as soon as the fields are complete.
      </Text>
    );
  }
  const margin = preview.marginAfterBps;
  const promise = promiseOf(preview);
  const assumed = preview.warnings.includes('cost-assumed');
  const rows: readonly (readonly [string, string])[] = [
    ['Price apart', formatMoney(preview.priceBeforeMinor, currency)],
    ['Shopper saves', `${formatMoney(preview.savingMinor, currency)} (${formatBps(preview.savingBps)})`],
    ['Price as a bundle', formatMoney(preview.finalPriceMinor, currency)],
    ['Your margin after', margin === null ? 'No price' : `${formatBps(margin)}${assumed ? ', estimated' : ''}`],
    ['Can be sold now', available === null ? 'Without limit' : formatPlural(available, 'bundle')],
  ];
  return (
    <BlockStack gap="200">
      <dl className="bundle-numbers">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="chart-number">{value}</dd>
          </div>
        ))}
      </dl>
      {promise.state === 'whole' ? null : (
        <Box background="bg-surface-caution" padding="300" borderRadius="200">
          <BlockStack gap="200" inlineAlign="start">
            <PromiseBadge promise={promise} />
            <Text as="p">
              {promise.state === 'reduced'
                ? `The full discount would push ${preview.guard === 'untouched' ? 'some choices of products' : 'the bundle'} below your minimum margin. Shoppers are promised ${discountWords(promise.discount, currency)} off.`
                : 'At your minimum margin nothing can be taken off these products, so the store does not show this bundle.'}
            </Text>
          </BlockStack>
        </Box>
      )}
      {assumed ? (
        <InlineStack gap="200" blockAlign="center">
          <Badge tone="attention">Cost unknown</Badge>
          <Text as="span" tone="subdued">
            {`Some products have no cost. A margin of ${formatBps(answer.defaultMarginBps)} is assumed for them. `}
            <Link url="/settings">Open Settings</Link>
          </Text>
        </InlineStack>
      ) : null}
      {available === 0 ? (
        <Text as="p" tone="caution">
          A part is sold out, so the store does not show this bundle now.
        </Text>
      ) : null}
    </BlockStack>
  );
}
