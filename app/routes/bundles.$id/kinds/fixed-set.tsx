import { ValueFields } from '../fields.tsx';
import { typedDiscount, typedNumber, valueText, valueWords } from '../../../ui/typed.ts';
import type { KindEditor } from './kind-editor.ts';

export const fixedSet: KindEditor = {
  start: {},
  places: () => [
    {
      role: 'part',
      title: 'Products',
      hint: 'Choose the products that are sold together.',
      quantities: true,
      collections: null,
    },
  ],
  read: (bundle, currency) => ({ value: valueText(bundle.discount, currency) }),
  write: (form, currency) => ({
    kind: 'fixed',
    discount: typedDiscount(form.value, currency),
    pickCount: 0,
    items: form.items.map(({ productId, variantId, quantity }) => ({
      productId,
      variantId,
      quantity: typedNumber(quantity),
    })),
  }),
  Fields: ({ editor, currency }) => (
    <ValueFields
      editor={editor}
      value={editor.form.value}
      onChange={(value) => {
        editor.change({ value });
      }}
      path="discount"
      types={{ percentage: 'Percentage off', amount: 'Amount off the whole bundle' }}
      currency={currency}
    />
  ),
  summary: (form, currency) => `Whoever buys all of it gets ${valueWords(form.value, currency)}.`,
};
