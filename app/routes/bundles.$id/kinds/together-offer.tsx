import { FormLayout } from '@shopify/polaris';
import { NumberField, PercentField } from '../fields.tsx';
import { shareText, typedNumber, typedShare } from '../../../ui/typed.ts';
import { type KindEditor, plainItems, termsOf } from './kind-editor.ts';

export const togetherOffer: KindEditor = {
  start: {},
  places: () => [
    { role: 'buy', title: 'With these products', collections: 'buy' },
    { role: 'get', title: 'These are offered for less', hint: 'Choose what goes well with them.', collections: 'get' },
  ],
  read: (bundle) => {
    const terms = termsOf(bundle, 'together-offer');
    return terms
      ? {
          value: { type: 'percentage', percent: shareText(terms.basisPoints), amount: '' },
          timesPerOrder: String(terms.timesPerOrder),
        }
      : {};
  },
  write: (form) => ({
    kind: 'together-offer',
    items: plainItems(form),
    collections: [...form.collections],
    groups: [...form.groups],
    terms: { basisPoints: typedShare(form.value.percent), timesPerOrder: typedNumber(form.timesPerOrder) },
  }),
  Fields: ({ editor }) => (
    <FormLayout>
      <FormLayout.Group condensed>
        <PercentField
          editor={editor}
          value={editor.form.value}
          onChange={(value) => {
            editor.change({ value });
          }}
          path="terms.basisPoints"
        />
        <NumberField
          editor={editor}
          name="timesPerOrder"
          path="terms.timesPerOrder"
          label="Times in one order"
          min={1}
        />
      </FormLayout.Group>
    </FormLayout>
  ),
  summary: (form) =>
    `Whoever has one of the first products in the cart gets ${form.value.percent || '…'}% off one of the others, up to ${form.timesPerOrder || '…'} times in one order.`,
};
