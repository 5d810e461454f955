import { BlockStack, Box, Button, Card, Checkbox, InlineStack, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { EarnFields } from './earn-fields.tsx';
import { type EarnRule, earnWords, freeId } from './earn-words.ts';
import type { CardProps } from './programme-page.tsx';

const kinds = Object.keys(earnWords) as EarnRule['kind'][];

/** Ways to earn points: each can be switched, changed and taken away. */
export function EarnCard(props: CardProps) {
  const { settings, digits, change } = props;
  const { rules } = settings;
  // Only one rule can give points for money.
  const offered = kinds.filter((kind) => kind !== 'amount' || !rules.some((rule) => rule.kind === 'amount'));
  const [kind, setKind] = useState<EarnRule['kind']>('order');
  const set = (id: string, next: EarnRule | null): void => {
    change({ rules: rules.flatMap((rule) => (rule.id === id ? (next ?? []) : rule)) });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Ways to earn
        </Text>
        {rules.map((rule) => (
          <Box key={rule.id} borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
            <BlockStack gap="200">
              <InlineStack align="space-between" blockAlign="center" gap="200">
                <Checkbox
                  label={earnWords[rule.kind].name}
                  helpText={earnWords[rule.kind].about}
                  checked={rule.on}
                  onChange={(on) => {
                    set(rule.id, { ...rule, on });
                  }}
                />
                <Button
                  variant="plain"
                  tone="critical"
                  accessibilityLabel={`Remove ${earnWords[rule.kind].name}`}
                  onClick={() => {
                    set(rule.id, null);
                  }}
                >
                  Remove
                </Button>
              </InlineStack>
              <EarnFields
                {...props}
                rule={rule}
                onChange={(next) => {
                  set(rule.id, next);
                }}
              />
            </BlockStack>
          </Box>
        ))}
        <InlineStack gap="200" blockAlign="end">
          <Select
            label="Another way to earn"
            value={kind}
            options={offered.map((value) => ({ value, label: earnWords[value].name }))}
            onChange={(value) => {
              setKind(value as EarnRule['kind']);
            }}
          />
          <Button
            onClick={() => {
              const id = freeId(
                kind,
                rules.map((rule) => rule.id),
              );
              change({ rules: [...rules, { ...earnWords[kind].first(10 ** digits), id } as EarnRule] });
            }}
            disabled={!offered.includes(kind)}
          >
            Add
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
