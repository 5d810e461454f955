import { BlockStack, Checkbox, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { StackPair } from '#app/domains/incentives/index.ts';
import { classWords, exampleOf, pairOf, stackClasses } from './stacking-words.ts';

interface StackingTableProps {
  readonly stacks: Readonly<Record<StackPair, boolean>>;
  readonly onChange: (pair: StackPair, stands: boolean) => void;
}

/** Which classes of discounts may stand in one cart. The table is symmetric: the two cells of a pair are one answer. */
export function StackingTable({ stacks, onChange }: StackingTableProps) {
  const [shown, setShown] = useState<StackPair>('product-order');
  return (
    <BlockStack gap="300">
      <table className="stacking-table">
        <caption>
          <Text as="span" visuallyHidden>
            Which discounts may stand in one cart
          </Text>
        </caption>
        <thead>
          <tr>
            <td />
            {stackClasses.map((column) => (
              <th key={column} scope="col">
                <Text as="span" variant="bodySm" tone="subdued">
                  {classWords[column]}
                </Text>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {stackClasses.map((row) => (
            <tr key={row}>
              <th scope="row">
                <Text as="span">{classWords[row]}</Text>
              </th>
              {stackClasses.map((column) => {
                const pair = pairOf(row, column);
                return (
                  <td key={column}>
                    <Checkbox
                      label={`Discounts ${classWords[row].toLowerCase()} with discounts ${classWords[column].toLowerCase()}`}
                      labelHidden
                      checked={stacks[pair]}
                      onFocus={() => {
                        setShown(pair);
                      }}
                      onChange={(stands) => {
                        setShown(pair);
                        onChange(pair, stands);
                      }}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <div aria-live="polite">
        <Text as="p" tone="subdued">
          {exampleOf(shown, stacks[shown])}
        </Text>
      </div>
    </BlockStack>
  );
}
