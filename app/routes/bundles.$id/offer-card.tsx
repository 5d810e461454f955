import { BlockStack, Card, ChoiceList, FormLayout, Text, TextField } from '@shopify/polaris';
import type { EditorForm } from './form-state.ts';
import type { Editor } from './use-editor.ts';

const problem = (message: string | undefined): { error?: string } => (message === undefined ? {} : { error: message });

/** What the bundle is called and how it is put together. */
export function KindCard({ editor }: { editor: Editor }) {
  const { form, change, touch, errorOf } = editor;
  return (
    <Card>
      <BlockStack gap="400">
        <TextField
          label="Title"
          value={form.title}
          onChange={(title) => {
            change({ title });
          }}
          onBlur={() => {
            touch('title');
          }}
          helpText="Shoppers see this above the bundle and in their cart."
          maxLength={80}
          autoComplete="off"
          {...problem(errorOf('title'))}
        />
        <ChoiceList
          title="How it works"
          choices={[
            { label: 'Fixed set', value: 'fixed', helpText: 'Exactly these products, sold together.' },
            {
              label: 'Mix and match',
              value: 'mix-and-match',
              helpText: 'Shoppers pick a number of units from these products.',
            },
          ]}
          selected={[form.kind]}
          onChange={([kind]) => {
            change({ kind: kind as EditorForm['kind'] });
          }}
        />
        {form.kind === 'mix-and-match' ? (
          <TextField
            label="Units that make one bundle"
            type="number"
            min={2}
            value={form.pickCount}
            onChange={(pickCount) => {
              change({ pickCount });
            }}
            onBlur={() => {
              touch('pickCount');
            }}
            autoComplete="off"
            {...problem(errorOf('pickCount'))}
          />
        ) : null}
      </BlockStack>
    </Card>
  );
}

/** What the shopper saves. */
export function DiscountCard({ editor, currency }: { editor: Editor; currency: string }) {
  const { form, change, touch, errorOf } = editor;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          Discount
        </Text>
        <ChoiceList
          title="Discount type"
          titleHidden
          choices={[
            { label: 'Percentage off', value: 'percentage' },
            { label: 'Amount off the whole bundle', value: 'amount' },
          ]}
          selected={[form.discountType]}
          onChange={([type]) => {
            change({ discountType: type as EditorForm['discountType'] });
          }}
        />
        {form.discountType === 'percentage' ? (
          <TextField
            label="Percentage"
            inputMode="decimal"
            value={form.percent}
            onChange={(percent) => {
              change({ percent });
            }}
            onBlur={() => {
              touch('discount.basisPoints');
            }}
            suffix="%"
            autoComplete="off"
            {...problem(errorOf('discount.basisPoints'))}
          />
        ) : (
          <TextField
            label="Amount"
            inputMode="decimal"
            value={form.amount}
            onChange={(amount) => {
              change({ amount });
            }}
            onBlur={() => {
              touch('discount.minor');
            }}
            suffix={currency}
            autoComplete="off"
            {...problem(errorOf('discount.minor'))}
          />
        )}
      </BlockStack>
    </Card>
  );
}

/** From when until when, in the shop's own time. */
export function ScheduleCard({ editor, timeZone }: { editor: Editor; timeZone: string }) {
  const { form, change, touch, errorOf } = editor;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          Dates
        </Text>
        <FormLayout>
          <FormLayout.Group>
            <TextField
              label="Starts"
              type="datetime-local"
              value={form.startsAt}
              onChange={(startsAt) => {
                change({ startsAt });
              }}
              onBlur={() => {
                touch('startsAt');
              }}
              autoComplete="off"
              {...problem(errorOf('startsAt'))}
            />
            <TextField
              label="Ends"
              type="datetime-local"
              value={form.endsAt}
              onChange={(endsAt) => {
                change({ endsAt });
              }}
              onBlur={() => {
                touch('endsAt');
              }}
              autoComplete="off"
              {...problem(errorOf('endsAt'))}
            />
          </FormLayout.Group>
        </FormLayout>
        <Text as="p" tone="subdued">
          {`Leave both empty to offer it without an end. Times are in ${timeZone.replaceAll('_', ' ')}.`}
        </Text>
      </BlockStack>
    </Card>
  );
}
