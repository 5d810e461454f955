import { Select } from '@shopify/polaris';
import { formatDecimal } from '#app/shared/money.ts';
import { emptyTier } from '../empty-tier.ts';
import { ValueFields } from '../fields.tsx';
import type { EditorTier } from '../form-state.ts';
import { GiftField } from '../gift-field.tsx';
import { TiersField } from '../tiers-field.tsx';
import { typedDiscount, typedMoney, valueText, valueWords } from '../../../ui/typed.ts';
import { type KindEditor, termsOf } from './kind-editor.ts';

const rewards = {
  'order-discount': 'Discount on the order',
  'free-shipping': 'Free shipping',
  gift: 'A gift',
} as const;

function rewardWords(tier: EditorTier, currency: string): string {
  if (tier.reward === 'free-shipping') return 'free shipping';
  return tier.reward === 'gift' ? 'a gift' : valueWords(tier.value, currency);
}

export const cartGoals: KindEditor = {
  start: { tiers: [{ ...emptyTier('0'), reward: 'free-shipping' }, emptyTier('1', '', '10')] },
  places: () => [],
  read: (bundle, currency) => {
    const terms = termsOf(bundle, 'cart-goals');
    if (!terms) return {};
    return {
      // The gifts stand in the tiers.
      items: [],
      tiers: terms.tiers.map(({ thresholdMinor, reward }, index) => ({
        ...emptyTier(String(index), formatDecimal(thresholdMinor, currency), '10'),
        reward: reward.type,
        ...(reward.type === 'order-discount' ? { value: valueText(reward.value, currency) } : {}),
        ...(reward.type === 'gift' ? { gift: { productId: reward.productId, variantId: reward.variantId } } : {}),
      })),
    };
  },
  write: (form, currency) => ({
    kind: 'cart-goals',
    items: [],
    collections: [],
    terms: {
      tiers: form.tiers.map((tier) => ({
        thresholdMinor: typedMoney(tier.at, currency),
        reward:
          tier.reward === 'gift'
            ? { type: 'gift', productId: tier.gift?.productId ?? '', variantId: tier.gift?.variantId ?? null }
            : tier.reward === 'free-shipping'
              ? { type: 'free-shipping' }
              : { type: 'order-discount', value: typedDiscount(tier.value, currency) },
      })),
    },
  }),
  Fields: ({ editor, currency, products }) => (
    <TiersField
      editor={editor}
      title="Goals"
      at={{ label: 'Cart reaches', path: 'thresholdMinor', suffix: currency }}
      row={(tier, path, change) => (
        <>
          <Select
            label="Reward"
            options={Object.entries(rewards).map(([value, label]) => ({ value, label }))}
            value={tier.reward}
            onChange={(reward) => {
              change({ reward: reward as EditorTier['reward'] });
            }}
          />
          {tier.reward === 'order-discount' ? (
            <ValueFields
              editor={editor}
              value={tier.value}
              onChange={(value) => {
                change({ value });
              }}
              path={`${path}.reward.value`}
              types={{ percentage: 'Percentage off the order', amount: 'Amount off the order' }}
              currency={currency}
            />
          ) : null}
          {tier.reward === 'gift' ? (
            <GiftField
              gift={tier.gift}
              products={products}
              error={editor.errorOf(`${path}.reward.productId`) ?? editor.errorOf(`${path}.reward.variantId`)}
              onChange={(gift) => {
                change({ gift });
              }}
            />
          ) : null}
        </>
      )}
    />
  ),
  summary: (form, currency) => {
    const goals = form.tiers.map((tier) => `${rewardWords(tier, currency)} from ${tier.at || '…'} ${currency}`);
    return `Shoppers see how much is missing to ${goals.join(', then ')}.`;
  },
};
