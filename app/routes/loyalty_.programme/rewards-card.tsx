import {
  BlockStack,
  Box,
  Button,
  Card,
  Checkbox,
  FormLayout,
  InlineStack,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import { freeId } from './earn-words.ts';
import { NumberField } from './number-field.tsx';
import type { CardProps } from './programme-page.tsx';

type Reward = CardProps['settings']['rewards'][number];

const kinds = {
  amount: 'Amount off an order',
  percentage: 'Percentage off an order',
  'free-product': 'Free product',
  'free-shipping': 'Free shipping',
} as const;
type Kind = keyof typeof kinds;

/** A first reward of a kind, without its id. */
function firstOf(kind: Kind, unit: number): Omit<Reward, 'id'> {
  const base = { on: true, title: kinds[kind], cost: 500, validDays: 90, minSubtotalMinor: null };
  if (kind === 'amount') return { kind, ...base, minor: 5 * unit } as Omit<Reward, 'id'>;
  if (kind === 'percentage') return { kind, ...base, basisPoints: 1000 } as Omit<Reward, 'id'>;
  if (kind === 'free-product') return { kind, ...base, productId: '', variantId: null } as Omit<Reward, 'id'>;
  return { kind, ...base };
}

/** What points become: codes that the customer alone can use, once. */
export function RewardsCard({ settings, digits, change }: CardProps) {
  const { rewards, currency } = settings;
  const [kind, setKind] = useState<Kind>('amount');
  const set = (id: string, next: Reward | null): void => {
    change({ rewards: rewards.flatMap((reward) => (reward.id === id ? (next ?? []) : reward)) });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Rewards
        </Text>
        {rewards.map((reward) => (
          <Box key={reward.id} borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
            <BlockStack gap="200">
              <InlineStack align="space-between" blockAlign="center">
                <Checkbox
                  label={reward.title === '' ? 'Reward' : reward.title}
                  checked={reward.on}
                  onChange={(on) => {
                    set(reward.id, { ...reward, on });
                  }}
                />
                <Button
                  variant="plain"
                  tone="critical"
                  accessibilityLabel={`Remove ${reward.title}`}
                  onClick={() => {
                    set(reward.id, null);
                  }}
                >
                  Remove
                </Button>
              </InlineStack>
              <RewardFields
                reward={reward}
                currency={currency}
                digits={digits}
                onChange={(next) => {
                  set(reward.id, next);
                }}
              />
            </BlockStack>
          </Box>
        ))}
        <InlineStack gap="200" blockAlign="end">
          <Select
            label="Another reward"
            value={kind}
            options={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
            onChange={(value) => {
              setKind(value as Kind);
            }}
          />
          <Button
            onClick={() => {
              const id = freeId(
                kind,
                rewards.map((reward) => reward.id),
              );
              change({ rewards: [...rewards, { ...firstOf(kind, 10 ** digits), id } as Reward] });
            }}
          >
            Add
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

interface RewardFieldsProps {
  readonly reward: Reward;
  readonly currency: string;
  readonly digits: number;
  readonly onChange: (reward: Reward) => void;
}

function RewardFields({ reward, currency, digits, onChange }: RewardFieldsProps) {
  return (
    <FormLayout.Group condensed>
      <TextField
        label="Title"
        value={reward.title}
        maxLength={60}
        autoComplete="off"
        onChange={(title) => {
          onChange({ ...reward, title });
        }}
      />
      <NumberField
        label="Costs"
        suffix="points"
        least={1}
        most={100_000_000}
        value={reward.cost}
        onChange={(cost) => {
          onChange({ ...reward, cost });
        }}
      />
      {'minor' in reward ? (
        <NumberField
          label="Worth"
          suffix={currency}
          digits={digits}
          least={1}
          value={reward.minor}
          onChange={(minor) => {
            onChange({ ...reward, minor });
          }}
        />
      ) : null}
      {reward.kind === 'percentage' ? (
        <NumberField
          label="Discount"
          suffix="%"
          digits={2}
          least={100}
          most={9000}
          value={reward.basisPoints}
          onChange={(basisPoints) => {
            onChange({ ...reward, basisPoints });
          }}
        />
      ) : null}
      {reward.kind === 'free-product' ? (
        <TextField
          label="Id of the product"
          value={reward.productId}
          autoComplete="off"
          onChange={(productId) => {
            onChange({ ...reward, productId: productId.trim() });
          }}
        />
      ) : null}
      {'minSubtotalMinor' in reward ? (
        <NumberField
          label="For carts from"
          suffix={currency}
          digits={digits}
          value={reward.minSubtotalMinor ?? 0}
          onChange={(minor) => {
            onChange({ ...reward, minSubtotalMinor: minor === 0 ? null : minor });
          }}
        />
      ) : null}
    </FormLayout.Group>
  );
}
