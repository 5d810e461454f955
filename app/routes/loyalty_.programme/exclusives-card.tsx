import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { ProgrammeSettings } from '#app/domains/loyalty/index.ts';
import { ChosenCollections, ChosenProducts } from '../../ui/chosen.tsx';
import { fromLocalInput, toLocalInput, zoneWords } from '../../ui/local-time.ts';
import { freeId } from './earn-words.ts';
import { ItemBox } from './item-box.tsx';
import type { CardProps } from './programme-page.tsx';

type Exclusive = ProgrammeSettings['exclusives'][number];

/** Products that only members from a tier on may buy, for good or before everybody else. */
export function ExclusivesCard({ settings, change, words, timeZone, titles }: CardProps) {
  const { exclusives, tiers } = settings;
  const first = tiers.levels.find(({ at }) => at > 0) ?? tiers.levels[0];
  const set = (id: string, part: Partial<Exclusive> | null): void => {
    change({
      exclusives: exclusives.flatMap((one) => (one.id !== id ? one : part === null ? [] : { ...one, ...part })),
    });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Products for members
          </Text>
          <Text as="p" tone="subdued">
            Everybody sees the products; only members of the tier and above can buy them, logged in. The product page
            says so, and the checkout sees to it.
          </Text>
        </BlockStack>
        {exclusives.map((one, at) => (
          <ItemBox
            key={one.id}
            name={`Products for members ${String(at + 1)}`}
            onRemove={() => {
              set(one.id, null);
            }}
          >
            <FormLayout>
              <FormLayout.Group condensed>
                <Select
                  label="From the tier"
                  value={one.fromLevel}
                  options={tiers.levels.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={(fromLevel) => {
                    set(one.id, { fromLevel });
                  }}
                />
                <OpensField
                  until={one.until}
                  timeZone={timeZone}
                  onChange={(until) => {
                    set(one.id, { until });
                  }}
                />
              </FormLayout.Group>
              <ChosenProducts
                ids={one.productIds}
                titles={titles.products}
                onChange={(productIds) => {
                  set(one.id, { productIds });
                }}
              />
              <Text as="p">{`And all products of these ${words.collections}:`}</Text>
              <ChosenCollections
                words={words}
                ids={one.collectionIds}
                titles={titles.collections}
                onChange={(collectionIds) => {
                  set(one.id, { collectionIds });
                }}
              />
            </FormLayout>
          </ItemBox>
        ))}
        <InlineStack>
          <Button
            disabled={first === undefined || exclusives.length >= 20}
            onClick={() => {
              if (!first) return;
              const id = freeId(
                'exclusive',
                exclusives.map((one) => one.id),
              );
              const fresh = { id, fromLevel: first.id, productIds: [], collectionIds: [], until: null };
              change({ exclusives: [...exclusives, fresh] });
            }}
          >
            Add products for members
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

interface OpensFieldProps {
  readonly until: string | null;
  readonly timeZone: string;
  readonly onChange: (until: string | null) => void;
}

/** From when on everybody can buy. */
function OpensField({ until, timeZone, onChange }: OpensFieldProps) {
  const [text, setText] = useState(until === null ? '' : toLocalInput(new Date(until), timeZone));
  const at = fromLocalInput(text, timeZone);
  return (
    <TextField
      label="Everybody can buy from"
      type="datetime-local"
      helpText={`Early access. Empty = for members for good. ${zoneWords(timeZone)}`}
      autoComplete="off"
      value={text}
      {...(text !== '' && at === null ? { error: 'Enter a date and a time' } : {})}
      onChange={(typed) => {
        setText(typed);
        const typedAt = fromLocalInput(typed, timeZone);
        if (typed === '' || typedAt !== null) onChange(typedAt?.toISOString() ?? null);
      }}
    />
  );
}
