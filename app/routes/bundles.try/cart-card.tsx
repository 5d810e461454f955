import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { type ReactNode, useState } from 'react';
import type { ExplainedCart, ExplainedLine } from '#app/flows/explain-cart.ts';
import { formatBps, formatMoney } from '../../ui/format.ts';
import { Thumb } from '../../ui/thumb.tsx';
import { type AskedCode, type AskedLine, codeOf, unitsOf } from './cart-address.ts';

interface CartCardProps extends AskedCode {
  readonly explained: ExplainedCart;
  readonly minMarginBps: number;
  readonly onLines: (lines: readonly AskedLine[]) => void;
  readonly onCode: (code: AskedCode) => void;
  readonly choose: ReactNode;
}

/** The cart's lines with what comes off each, its sums, and a discount code beside them. */
export function CartCard({ explained, code, codeClass, minMarginBps, onLines, onCode, choose }: CartCardProps) {
  const { lines, currency } = explained;
  const [typed, setTyped] = useState(code === null ? '' : String(code / 100));
  const setUnits = (index: number, quantity: number): void => {
    onLines(lines.map((line, at) => (at === index ? { ...line, quantity } : line)).filter((line) => line.quantity > 0));
  };
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingSm">
            The cart
          </Text>
          {choose}
        </InlineStack>
        <ul className="bundle-rows">
          {lines.map((line, index) => (
            <Line
              key={`${line.productId}.${line.variantId}`}
              line={line}
              currency={currency}
              onUnits={(units) => {
                setUnits(index, units);
              }}
            />
          ))}
        </ul>
        <FormLayout>
          <FormLayout.Group condensed>
            <TextField
              label="A code takes"
              inputMode="decimal"
              placeholder="None"
              value={typed}
              onChange={(text) => {
                setTyped(text);
                onCode({ code: codeOf(text), codeClass });
              }}
              suffix="%"
              {...(typed.trim() !== '' && codeOf(typed) === null
                ? { error: 'A percentage, such as 10; empty without a code.' }
                : {})}
              autoComplete="off"
            />
            <Select
              label="Off"
              options={[
                { value: 'order', label: 'The order' },
                { value: 'product', label: 'Products' },
                { value: 'shipping', label: 'Shipping' },
              ]}
              value={codeClass}
              onChange={(value) => {
                onCode({ code, codeClass: value as AskedCode['codeClass'] });
              }}
            />
          </FormLayout.Group>
        </FormLayout>
        <Sums explained={explained} minMarginBps={minMarginBps} />
      </BlockStack>
    </Card>
  );
}

function Sums({ explained, minMarginBps }: { readonly explained: ExplainedCart; readonly minMarginBps: number }) {
  const { currency, marginBps, assumed } = explained;
  const money = (minor: number): string => formatMoney(minor, currency);
  const margin = marginBps === null ? 'No price' : `${formatBps(marginBps)}${assumed ? ', estimated' : ''}`;
  const rows: readonly (readonly [string, string])[] = [
    ['Price', money(explained.subtotalMinor)],
    ['Shopper saves', `${money(explained.discountMinor)}${explained.freeShipping ? ' and shipping' : ''}`],
    ['Shopper pays', money(explained.totalMinor)],
    ['Your margin after', `${margin} (minimum ${formatBps(minMarginBps)})`],
  ];
  return (
    <ul className="example-lines" aria-live="polite">
      {rows.map(([name, value]) => (
        <li key={name}>
          <span>{name}</span>
          <span className="chart-number">{value}</span>
        </li>
      ))}
    </ul>
  );
}

interface LineProps {
  readonly line: ExplainedLine;
  readonly currency: string;
  readonly onUnits: (units: number) => void;
}

function Line({ line, currency, onUnits }: LineProps) {
  const [typed, setTyped] = useState(String(line.quantity));
  const money = (minor: number): string => formatMoney(minor, currency);
  const off = line.discountMinor > 0 ? `, ${money(line.discountMinor)} off by ${line.offers.join(', ')}` : '';
  return (
    <li className="bundle-row">
      <Thumb url={line.imageUrl} />
      <div className="bundle-row-words">
        <Text as="span" fontWeight="semibold" breakWord>
          {line.title}
        </Text>
        <Text as="span" tone="subdued">{`${money(line.totalMinor)}${off}`}</Text>
      </div>
      <div className="bundle-row-quantity">
        <TextField
          label={`Units of ${line.title}`}
          labelHidden
          type="number"
          min={1}
          max={999}
          value={typed}
          onChange={(text) => {
            setTyped(text);
            const units = unitsOf(text);
            if (units !== null && units > 0) onUnits(units);
          }}
          autoComplete="off"
        />
      </div>
      <Button
        icon={DeleteIcon}
        variant="tertiary"
        accessibilityLabel={`Remove ${line.title}`}
        onClick={() => {
          onUnits(0);
        }}
      />
    </li>
  );
}
