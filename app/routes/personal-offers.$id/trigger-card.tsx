import { BlockStack, Card, Checkbox, FormLayout, Select, Text } from '@shopify/polaris';
import type { SegmentChoice } from '#app/domains/segments/index.ts';
import { SegmentPicker } from '../../ui/personal-offers/segment-picker.tsx';
import type { Fields } from './fields.tsx';
import type { OfferForm } from './offer-form.ts';

interface TriggerCardProps {
  readonly form: OfferForm;
  readonly fields: Fields;
  readonly choices: readonly SegmentChoice[];
  readonly currency: string;
}

const kinds = [
  { value: 'segment', label: 'comes into a segment' },
  { value: 'order', label: 'orders' },
  { value: 'viewed', label: 'looks at a product again and again without buying it' },
  { value: 'tier', label: 'comes into a level of the loyalty programme' },
  { value: 'birthday', label: 'has birthday (as told to the loyalty programme)' },
] satisfies readonly { readonly value: OfferForm['when']; readonly label: string }[];

/** The name, and what must happen for a customer to get the offer. */
export function TriggerCard({ form, fields, choices, currency }: TriggerCardProps) {
  const { set, text, problem } = fields;
  return (
    <Card>
      <BlockStack gap="400">
        {text('title', 'Name', {
          help:
            form.gift === 'early-access'
              ? 'For you alone: customers read what they may buy.'
              : 'Customers read it at the checkout, beside the discount.',
        })}
        <Select
          label="Given when a customer"
          options={[...kinds]}
          value={form.when}
          onChange={(when) => {
            set({ when: when as OfferForm['when'] });
          }}
        />
        {form.when === 'segment' ? (
          <>
            <SegmentPicker
              title="Segments"
              choices={choices}
              selected={form.segments}
              onChange={(segments) => {
                set({ segments });
              }}
            />
            {problem('segments')}
            <Checkbox
              label="Also those who are in it already"
              helpText="Everybody in it gets the offer once when it is switched on."
              checked={form.present}
              onChange={(present) => {
                set({ present });
              }}
            />
          </>
        ) : null}
        {form.when === 'order' ? (
          <FormLayout>
            <FormLayout.Group condensed>
              {text('nth', 'Order number', { help: '1 = the first order; empty = each.' })}
              {text('minTotal', 'From a total of', { suffix: currency, help: 'Empty = any.' })}
            </FormLayout.Group>
          </FormLayout>
        ) : null}
        {form.when === 'viewed' ? (
          <FormLayout>
            <FormLayout.Group condensed>
              {text('times', 'Times', { help: 'Visitors who gave consent and whom a login or an order made known.' })}
              {text('days', 'Within', { suffix: 'days' })}
            </FormLayout.Group>
          </FormLayout>
        ) : null}
        {form.when === 'tier' ? (
          <Text as="p" tone="subdued">
            From when the offer is switched on, as soon as the orders that brought the level can no longer be returned.
          </Text>
        ) : null}
        {form.when === 'birthday' ? (
          <Text as="p" tone="subdued">
            From when the offer is switched on, once a year. Members of the loyalty programme are asked for their
            birthday on their page of rewards; one that is told less than a week before counts from the next year on.
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}
