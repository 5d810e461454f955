import { NumberField, ValueFields } from '../fields.tsx';
import { typedDiscount, typedNumber, valueText, valueWords } from '../../../ui/typed.ts';
import type { KindEditor } from './kind-editor.ts';

export const mixAndMatch: KindEditor = {
  start: {},
  places: () => [
    { role: 'part', title: 'Products', hint: 'Choose the products that shoppers may pick from.', collections: null },
  ],
  read: (bundle, currency) => ({
    value: valueText(bundle.discount, currency),
    pickCount: String(bundle.pickCount),
  }),
  write: (form, currency) => ({
    kind: 'mix-and-match',
    discount: typedDiscount(form.value, currency),
    pickCount: typedNumber(form.pickCount),
    items: form.items.map(({ productId, variantId }) => ({ productId, variantId, quantity: 1 })),
  }),
  Fields: ({ editor, currency }) => (
    <>
      <NumberField editor={editor} name="pickCount" path="pickCount" label="Units that make one bundle" min={2} />
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
    </>
  ),
  summary: (form, currency) =>
    `Whoever picks any ${form.pickCount || '…'} of these products gets ${valueWords(form.value, currency)}.`,
};
