import { FormLayout } from '@shopify/polaris';
import { NumberField, ValueFields } from '../fields.tsx';
import { typedNumber, typedUnitValue, valueText, valueWords } from '../../../ui/typed.ts';
import { type KindEditor, plainItems, termsOf } from './kind-editor.ts';

export const buyXGetY: KindEditor = {
  start: { value: { type: 'percentage', percent: '50', amount: '' } },
  places: () => [
    { role: 'buy', title: 'What must be bought', collections: 'buy' },
    {
      role: 'get',
      title: 'What is then cheaper',
      hint: 'Choose the same or other products.',
      collections: 'get',
    },
  ],
  read: (bundle, currency) => {
    const terms = termsOf(bundle, 'buy-x-get-y');
    return terms
      ? {
          buyUnits: String(terms.buyUnits),
          getUnits: String(terms.getUnits),
          timesPerOrder: String(terms.timesPerOrder),
          value: valueText(terms.value, currency),
        }
      : {};
  },
  write: (form, currency) => ({
    kind: 'buy-x-get-y',
    items: plainItems(form),
    collections: [...form.collections],
    terms: {
      buyUnits: typedNumber(form.buyUnits),
      getUnits: typedNumber(form.getUnits),
      timesPerOrder: typedNumber(form.timesPerOrder),
      value: typedUnitValue(form.value, currency),
    },
  }),
  Fields: ({ editor, currency }) => (
    <>
      <FormLayout>
        <FormLayout.Group condensed>
          <NumberField editor={editor} name="buyUnits" path="terms.buyUnits" label="Units to buy" min={1} />
          <NumberField editor={editor} name="getUnits" path="terms.getUnits" label="Units to get" min={1} />
          <NumberField
            editor={editor}
            name="timesPerOrder"
            path="terms.timesPerOrder"
            label="Times in one order"
            min={1}
          />
        </FormLayout.Group>
      </FormLayout>
      <ValueFields
        editor={editor}
        value={editor.form.value}
        onChange={(value) => {
          editor.change({ value });
        }}
        path="terms.value"
        types={{
          percentage: 'Percentage off (100 is free)',
          amount: 'Amount off each unit',
          price: 'Price of each unit',
        }}
        currency={currency}
      />
    </>
  ),
  summary: (form, currency) =>
    `Whoever buys ${form.buyUnits || '…'} gets ${form.getUnits || '…'} more ${
      form.value.type === 'percentage' && form.value.percent.trim() === '100'
        ? 'for free'
        : valueWords(form.value, currency)
    }, up to ${form.timesPerOrder || '…'} times in one order.`,
};
