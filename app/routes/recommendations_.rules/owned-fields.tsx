import { BlockStack, Button, ChoiceList, Select } from '@shopify/polaris';
import { useState } from 'react';
import type { MerchandisingSettings } from '#app/domains/recommendations/index.ts';
import { surfaceNames } from '../../ui/rules/rule-words.ts';

/** Where customers meet suggestions; personal lists leave the store in no other way. */
const places = {
  together: surfaceNames.together,
  similar: surfaceNames.similar,
  popular: surfaceNames.popular,
  cart: surfaceNames.cart,
  'after-purchase': 'Offers after a purchase',
} as const;
type Place = keyof typeof places;

type Surfaces = NonNullable<MerchandisingSettings['surfaces']>;
type Owned = MerchandisingSettings['owned'];

const isOwned = (value: string): value is Owned => value === 'hide' || value === 'show';

/** The surfaces with one of them saying something else, or nothing of its own. */
function withOwned(surfaces: Surfaces, place: Place, chosen: string): Surfaces {
  const { owned: _, ...rest } = surfaces[place] ?? {};
  return { ...surfaces, [place]: isOwned(chosen) ? { ...rest, owned: chosen } : rest };
}

/** Whether customers are shown what they have, for all places and for one where it differs. */
export function OwnedFields({
  settings,
  change,
}: {
  settings: MerchandisingSettings;
  change: (part: Partial<MerchandisingSettings>) => void;
}) {
  const surfaces = settings.surfaces ?? {};
  const [apart, setApart] = useState(Object.values(surfaces).some((one) => one.owned !== undefined));
  return (
    <BlockStack gap="200">
      <ChoiceList
        title="What a customer has already"
        choices={[
          {
            label: 'Leave durable products out',
            value: 'hide',
            helpText: 'What is used up comes back at its own rhythm. Guests see everything.',
          },
          { label: 'Show everything', value: 'show' },
        ]}
        selected={[settings.owned]}
        onChange={([owned]) => {
          change({ owned: owned === 'show' ? 'show' : 'hide' });
        }}
      />
      <Button
        variant="plain"
        textAlign="left"
        disclosure={apart ? 'up' : 'down'}
        ariaExpanded={apart}
        onClick={() => {
          setApart(!apart);
        }}
      >
        Differently in some places
      </Button>
      {apart
        ? (Object.keys(places) as Place[]).map((place) => (
            <Select
              key={place}
              label={places[place]}
              options={[
                { label: 'As chosen above', value: '' },
                { label: 'Leave durable products out', value: 'hide' },
                { label: 'Show everything', value: 'show' },
              ]}
              value={surfaces[place]?.owned ?? ''}
              onChange={(chosen) => {
                change({ surfaces: withOwned(surfaces, place, chosen) });
              }}
            />
          ))
        : null}
    </BlockStack>
  );
}
