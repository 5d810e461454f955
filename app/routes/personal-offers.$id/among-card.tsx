import { BlockStack, Card, ChoiceList, Text } from '@shopify/polaris';
import type { SegmentChoice } from '#app/domains/segments/index.ts';
import { SegmentPicker } from '../../ui/personal-offers/segment-picker.tsx';
import type { Fields } from './fields.tsx';
import type { OfferForm } from './offer-form.ts';

interface AmongCardProps {
  readonly form: OfferForm;
  readonly fields: Fields;
  readonly choices: readonly SegmentChoice[];
}

/** When it is asked who is in the segments, and what comes of it. */
const asked: Readonly<Record<OfferForm['when'], string>> = {
  segment:
    'Asked once, soon after the customer came into the segment above: they have to be in one of these as well then.',
  order:
    'Asked after the order has counted: whoever places the first order has ordered once then, and may have come into a segment by it, or left one.',
  viewed:
    'Asked when the customer has looked often enough. Whoever is in none of them gets the offer once they are, if they have still looked so often by then.',
  tier: 'Asked once, when the orders that brought the level can no longer be returned.',
  birthday: 'Asked once a year, on the birthday.',
};

/** Which of those who met the trigger get the offer. */
export function AmongCard({ form, fields, choices }: AmongCardProps) {
  const { set, problem } = fields;
  return (
    <Card>
      <BlockStack gap="400">
        <ChoiceList
          title="Who of them gets it"
          choices={[
            { value: 'everybody', label: 'Everybody with an account' },
            { value: 'only', label: 'Only who is in a segment', helpText: asked[form.when] },
          ]}
          selected={[form.only ? 'only' : 'everybody']}
          onChange={([chosen]) => {
            set({ only: chosen === 'only' });
          }}
        />
        {form.only ? (
          <>
            <SegmentPicker
              title="In at least one of"
              choices={choices}
              selected={form.among}
              onChange={(among) => {
                set({ among });
              }}
            />
            {problem('among')}
            <Text as="p" tone="subdued">
              Everybody else gets nothing, is not part of the comparison, and stands in Why / why not with the reason.
            </Text>
          </>
        ) : null}
      </BlockStack>
    </Card>
  );
}
