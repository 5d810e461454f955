import { BlockStack, Button, Card, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { Assumptions } from '#app/domains/bundle-ideas/index.ts';
import type { IncentiveRules } from '#app/domains/incentives/index.ts';
import type { IdeaChange } from '../../ui/ideas/use-idea-change.ts';

interface Field {
  readonly name: keyof Assumptions;
  readonly label: string;
  readonly help: string;
  readonly suffix: string;
  /** what is stored ÷ what is shown */
  readonly scale: number;
  /** as shown; the server has the last word */
  readonly range: readonly [least: number, most: number];
}

const fields: readonly Field[] = [
  {
    name: 'elasticity',
    label: 'Response to price',
    help: '1% off brings so many % more bundles. 2.6 is the mean of published studies.',
    suffix: '%',
    scale: 1,
    range: [0, 10],
  },
  {
    name: 'reach',
    label: 'Effect of being offered',
    help: 'How many times as many shoppers take all of it once it is offered as one, before any discount.',
    suffix: 'times',
    scale: 1,
    range: [1, 10],
  },
  {
    name: 'codeBps',
    label: 'Largest code on top',
    help: 'The largest discount code that you hand out.',
    suffix: '%',
    scale: 100,
    range: [0, 100],
  },
  {
    name: 'shippingBps',
    label: 'Cost of shipping',
    help: 'What free shipping costs you, of the bundle’s price.',
    suffix: '%',
    scale: 100,
    range: [0, 100],
  },
];

interface AssumptionsCardProps {
  readonly assumptions: Assumptions;
  /** what codes of the store take off is known, so that none is assumed */
  readonly codesKnown: boolean;
  readonly rules: IncentiveRules;
  readonly change: IdeaChange;
}

/** What the numbers rest on besides the orders; the same for all ideas, and the merchant's to change. */
export function AssumptionsCard({ assumptions, codesKnown, rules, change }: AssumptionsCardProps) {
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(fields.map(({ name, scale }) => [name, String(assumptions[name] / scale)])),
  );
  const entries = fields.map(({ name, scale, range: [least, most] }) => {
    const shown = numberOf(texts[name] ?? '');
    return { name, value: Math.round(shown * scale * 100) / 100, right: shown >= least && shown <= most };
  });
  const wrong = new Set(entries.filter(({ right }) => !right).map(({ name }) => name));
  const combines = rules.combinesWith.product.order || rules.combinesWith.product.product;
  const without: Readonly<Record<string, string>> = {
    ...(codesKnown ? { codeBps: ' It does not count: what codes of your store take off is known.' } : {}),
    ...(combines ? {} : { codeBps: ' Your settings let no code combine with a bundle, so it does not count.' }),
    ...(rules.combinesWith.product.shipping
      ? {}
      : { shippingBps: ' Your settings do not let it combine with a bundle, so it does not count.' }),
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          What this assumes
        </Text>
        {fields.map(({ name, label, help, suffix }) => (
          <TextField
            key={name}
            label={label}
            helpText={`${help}${without[name] ?? ''}`}
            suffix={suffix}
            inputMode="decimal"
            autoComplete="off"
            value={texts[name] ?? ''}
            {...(wrong.has(name) ? { error: 'Enter a number in a sensible range' } : {})}
            onChange={(text) => {
              setTexts({ ...texts, [name]: text });
            }}
          />
        ))}
        <Button
          disabled={wrong.size > 0 || change.busy}
          onClick={() => {
            change.assume(Object.fromEntries(entries.map(({ name, value }) => [name, value])));
          }}
        >
          Save assumptions
        </Button>
      </BlockStack>
    </Card>
  );
}

/** A number as people type it, with point or comma; NaN where it is none. */
function numberOf(text: string): number {
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' ? Number.NaN : Math.round(Number(trimmed) * 100) / 100;
}
