import { ChoiceList, FormLayout } from '@shopify/polaris';
import { formatDecimal } from '#app/shared/money.ts';
import { withTrigger } from '../with-trigger.ts';
import { MoneyField, NumberField } from '../fields.tsx';
import { typedMoney, typedNumber } from '../../../ui/typed.ts';
import { type KindEditor, plainItems, termsOf } from './kind-editor.ts';

export const gift: KindEditor = {
  start: { trigger: 'subtotal', buyUnits: '1' },
  places: (form) => [
    ...(form.trigger === 'buy'
      ? [
          {
            role: 'buy',
            title: 'What must be bought',
            collections: 'buy',
          } as const,
        ]
      : []),
    { role: 'gift', title: 'The gift', hint: 'Choose one product, or several to choose from.', collections: null },
  ],
  read: (bundle, currency) => {
    const terms = termsOf(bundle, 'gift');
    if (!terms) return {};
    return {
      trigger: terms.trigger.type,
      timesPerOrder: String(terms.timesPerOrder),
      ...(terms.trigger.type === 'buy'
        ? { buyUnits: String(terms.trigger.units) }
        : { triggerAmount: formatDecimal(terms.trigger.minor, currency) }),
    };
  },
  write: (form, currency) => ({
    kind: 'gift',
    items: plainItems(form),
    collections: [...form.collections],
    terms: {
      trigger:
        form.trigger === 'buy'
          ? { type: 'buy', units: typedNumber(form.buyUnits) }
          : { type: 'subtotal', minor: typedMoney(form.triggerAmount, currency) },
      timesPerOrder: typedNumber(form.timesPerOrder),
    },
  }),
  Fields: ({ editor, currency }) => (
    <>
      <ChoiceList
        title="Who gets the gift"
        choices={[
          { label: 'Whoever spends enough', value: 'subtotal' },
          { label: 'Whoever buys certain products', value: 'buy' },
        ]}
        selected={[editor.form.trigger]}
        onChange={([chosen]) => {
          editor.change(withTrigger(editor.form, chosen === 'buy' ? 'buy' : 'subtotal'));
        }}
      />
      <FormLayout>
        <FormLayout.Group condensed>
          {editor.form.trigger === 'buy' ? (
            <NumberField editor={editor} name="buyUnits" path="terms.trigger.units" label="Units to buy" min={1} />
          ) : (
            <MoneyField
              editor={editor}
              name="triggerAmount"
              path="terms.trigger.minor"
              label="Spend at least"
              currency={currency}
            />
          )}
          <NumberField
            editor={editor}
            name="timesPerOrder"
            path="terms.timesPerOrder"
            label="Gifts in one order, at most"
            min={1}
          />
        </FormLayout.Group>
      </FormLayout>
    </>
  ),
  summary: (form, currency) =>
    form.trigger === 'buy'
      ? `Whoever buys ${form.buyUnits || '…'} of these products gets the gift for free.`
      : `Whoever spends ${form.triggerAmount || '…'} ${currency} or more gets the gift for free.`,
};
