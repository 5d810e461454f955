import { Badge, BlockStack, InlineStack, Link, Text } from '@shopify/polaris';
import type { ExampleCart } from '#app/flows/example-carts.ts';
import { formatBps, formatMoney } from '../../ui/format.ts';

interface ExampleCartsProps {
  readonly carts: readonly ExampleCart[];
  readonly currency: string;
  readonly defaultMarginBps: number;
}

const verdicts = {
  untouched: { tone: 'success', text: 'Margin safe' },
  reduced: { tone: 'warning', text: 'Discount reduced' },
  refused: { tone: 'critical', text: 'No discount: margin' },
} as const;

/** What the offer does in some carts: price, saving, margin, and what the margin guard says. */
export function ExampleCarts({ carts, currency, defaultMarginBps }: ExampleCartsProps) {
  if (carts.length === 0)
    return (
      <Text as="p" tone="subdued">
        Prices appear here as soon as the fields are complete.
      </Text>
    );
  return (
    <BlockStack gap="400">
      <ul className="example-carts" aria-live="polite">
        {carts.map((cart) => (
          <Example key={cart.title} cart={cart} currency={currency} />
        ))}
      </ul>
      {carts.some((cart) => cart.guard !== 'untouched') ? (
        <Text as="p" tone="subdued">
          Your minimum margin holds the discount back. Change it in <Link url="/settings">Settings</Link>, or offer
          less.
        </Text>
      ) : null}
      {carts.some((cart) => cart.assumed) ? (
        <Text as="p" tone="subdued">
          {`Some products have no cost. A margin of ${formatBps(defaultMarginBps)} is assumed for them. `}
          <Link url="/settings">Open Settings</Link>
        </Text>
      ) : null}
    </BlockStack>
  );
}

function Example({ cart, currency }: { cart: ExampleCart; currency: string }) {
  const { tone, text } = verdicts[cart.guard];
  const money = (minor: number): string => formatMoney(minor, currency);
  const saving = [
    ...(cart.savingMinor > 0 || !cart.freeShipping ? [money(cart.savingMinor)] : []),
    ...(cart.freeShipping ? ['shipping'] : []),
  ].join(' and ');
  const rows: readonly (readonly [string, string])[] = [
    ['Price', money(cart.beforeMinor)],
    ['Shopper saves', saving],
    ['Shopper pays', money(cart.afterMinor)],
    [
      'Your margin after',
      cart.marginBps === null ? 'No price' : `${formatBps(cart.marginBps)}${cart.assumed ? ', estimated' : ''}`,
    ],
  ];
  return (
    <li>
      <BlockStack gap="100">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h4" variant="bodyMd" fontWeight="semibold">
            {cart.title}
          </Text>
          <Badge tone={tone}>{text}</Badge>
        </InlineStack>
        <ul className="example-lines">
          {cart.lines.map((line, index) => (
            <li key={index}>
              <span>{`${String(line.quantity)} × ${line.title}`}</span>
              <span className="chart-number">
                {line.discountMinor > 0 ? (
                  <>
                    <s>{money(line.priceMinor)}</s>{' '}
                  </>
                ) : null}
                {line.discountMinor > 0 && line.discountMinor === line.priceMinor
                  ? 'Free'
                  : money(line.priceMinor - line.discountMinor)}
              </span>
            </li>
          ))}
        </ul>
        <dl className="bundle-numbers">
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="chart-number">{value}</dd>
            </div>
          ))}
        </dl>
      </BlockStack>
    </li>
  );
}
