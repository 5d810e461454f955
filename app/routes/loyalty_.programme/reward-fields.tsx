import { FormLayout, TextField } from '@shopify/polaris';
import { ChosenProduct } from '../../ui/chosen.tsx';
import { NumberField } from './number-field.tsx';
import type { CardProps } from './programme-page.tsx';
import type { Reward } from './reward-words.ts';

interface RewardFieldsProps {
  readonly reward: Reward;
  readonly currency: string;
  readonly digits: number;
  readonly titles: CardProps['titles'];
  readonly onChange: (reward: Reward) => void;
}

/** The terms of one reward. */
export function RewardFields({ reward, currency, digits, titles, onChange }: RewardFieldsProps) {
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
        <ChosenProduct
          id={reward.productId}
          titles={titles.products}
          onChange={(productId) => {
            onChange({ ...reward, productId, variantId: null });
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
      <NumberField
        label={reward.kind === 'gift-card' || reward.kind === 'store-credit' ? 'Ends after' : 'Code is good for'}
        suffix="days"
        most={730}
        helpText="0 = without an end"
        value={reward.validDays ?? 0}
        onChange={(days) => {
          onChange({ ...reward, validDays: days === 0 ? null : days });
        }}
      />
    </FormLayout.Group>
  );
}
