import { ChoiceList } from '@shopify/polaris';
import { ValueFields } from '../fields.tsx';
import { emptyTier } from '../empty-tier.ts';
import { TiersField } from '../tiers-field.tsx';
import { typedNumber, typedUnitValue, valueText, valueWords } from '../../../ui/typed.ts';
import { type KindEditor, plainItems, termsOf } from './kind-editor.ts';

export const quantityBreaks: KindEditor = {
  start: { tiers: [emptyTier('0', '2', '10'), emptyTier('1', '4', '15')] },
  places: () => [
    {
      role: 'part',
      title: 'Products with quantity breaks',
      collections: 'part',
    },
  ],
  read: (bundle, currency) => {
    const terms = termsOf(bundle, 'quantity-breaks');
    return terms
      ? {
          per: terms.per,
          tiers: terms.tiers.map((tier, index) => ({
            ...emptyTier(String(index), String(tier.units)),
            value: valueText(tier.value, currency),
          })),
        }
      : {};
  },
  write: (form, currency) => ({
    kind: 'quantity-breaks',
    items: plainItems(form),
    collections: [...form.collections],
    terms: {
      per: form.per,
      tiers: form.tiers.map((tier) => ({ units: typedNumber(tier.at), value: typedUnitValue(tier.value, currency) })),
    },
  }),
  Fields: ({ editor, currency }) => (
    <>
      <ChoiceList
        title="How units are counted"
        choices={[
          { label: 'All these products together', value: 'mixed', helpText: 'Two of one and two of another are four.' },
          { label: 'Each product on its own', value: 'product', helpText: 'Variants of a product count together.' },
        ]}
        selected={[editor.form.per]}
        onChange={([per]) => {
          editor.change({ per: per === 'product' ? 'product' : 'mixed' });
        }}
      />
      <TiersField
        editor={editor}
        title="Breaks"
        at={{ label: 'From units', path: 'units' }}
        row={(tier, path, change) => (
          <ValueFields
            editor={editor}
            value={tier.value}
            onChange={(value) => {
              change({ value });
            }}
            path={`${path}.value`}
            types={{ percentage: 'Percentage off', amount: 'Amount off each unit', price: 'Price of each unit' }}
            currency={currency}
          />
        )}
      />
    </>
  ),
  summary: (form, currency) => {
    const tiers = form.tiers.map((tier) => `${tier.at || '…'} or more are ${valueWords(tier.value, currency)}`);
    return `${form.per === 'mixed' ? 'Of these products' : 'Of each product'}, ${tiers.join(', ')}.`;
  },
};
