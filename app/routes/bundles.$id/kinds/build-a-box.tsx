import { Checkbox, FormLayout } from '@shopify/polaris';
import { NumberField, ValueFields } from '../fields.tsx';
import { emptyTier } from '../empty-tier.ts';
import { TiersField } from '../tiers-field.tsx';
import { typedDiscount, typedNumber, valueText, valueWords } from '../../../ui/typed.ts';
import { type KindEditor, plainItems, termsOf } from './kind-editor.ts';

export const buildABox: KindEditor = {
  start: { tiers: [emptyTier('0', '3', '10')] },
  places: () => [
    {
      role: 'part',
      title: 'What may go into the box',
      collections: 'part',
    },
  ],
  read: (bundle, currency) => {
    const terms = termsOf(bundle, 'build-a-box');
    return terms
      ? {
          minUnits: String(terms.minUnits),
          maxUnits: String(terms.maxUnits),
          assembled: terms.assembled === true,
          tiers: terms.tiers.map((tier, index) => ({
            ...emptyTier(String(index), String(tier.units)),
            value: valueText(tier.discount, currency),
          })),
        }
      : {};
  },
  write: (form, currency) => ({
    kind: 'build-a-box',
    items: plainItems(form),
    collections: [...form.collections],
    terms: {
      minUnits: typedNumber(form.minUnits),
      maxUnits: typedNumber(form.maxUnits),
      tiers: form.tiers.map((tier) => ({
        units: typedNumber(tier.at),
        discount: typedDiscount(tier.value, currency),
      })),
      ...(form.assembled && { assembled: true }),
    },
  }),
  Fields: ({ editor, currency }) => (
    <>
      <FormLayout>
        <FormLayout.Group condensed>
          <NumberField editor={editor} name="minUnits" path="terms.minUnits" label="Smallest box (units)" min={2} />
          <NumberField editor={editor} name="maxUnits" path="terms.maxUnits" label="Largest box (units)" min={2} />
        </FormLayout.Group>
      </FormLayout>
      <TiersField
        editor={editor}
        title="Discount by size of the box"
        at={{ label: 'From units', path: 'units' }}
        row={(tier, path, change) => (
          <ValueFields
            editor={editor}
            value={tier.value}
            onChange={(value) => {
              change({ value });
            }}
            path={`${path}.discount`}
            types={{ percentage: 'Percentage off', amount: 'Amount off the whole box' }}
            currency={currency}
          />
        )}
      />
      <Checkbox
        label="Fill it for each visitor"
        helpText="The box begins with the product of the page, then with what goes best with it and with what this visitor looks at, by your rules for suggestions in the cart. Shoppers change it as they like."
        checked={editor.form.assembled}
        onChange={(assembled) => {
          editor.change({ assembled });
        }}
      />
    </>
  ),
  summary: (form, currency) => {
    const tiers = form.tiers.map((tier) => `from ${tier.at || '…'} units ${valueWords(tier.value, currency)}`);
    return `Shoppers fill a box of ${form.minUnits || '…'} to ${form.maxUnits || '…'} units: ${tiers.join(', ')}.${form.assembled ? ' It begins with what suits each visitor.' : ''}`;
  },
};
