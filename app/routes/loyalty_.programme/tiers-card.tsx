import { BlockStack, Button, Card, Checkbox, FormLayout, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { freeId } from './earn-words.ts';
import { ItemBox } from './item-box.tsx';
import { NumberField } from './number-field.tsx';
import type { CardProps } from './programme-page.tsx';

type Tiers = CardProps['settings']['tiers'];
type Level = Tiers['levels'][number];

/** Tiers, from when on, and what they bring. */
export function TiersCard({ settings, digits, change }: CardProps) {
  const { tiers } = settings;
  const set = (part: Partial<Tiers>): void => {
    change({ tiers: { ...tiers, ...part } });
  };
  const setLevel = (id: string, part: Partial<Level> | null): void => {
    set({
      levels: tiers.levels.flatMap((level) => (level.id !== id ? level : part === null ? [] : { ...level, ...part })),
    });
  };
  const money = tiers.measure === 'spend';
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Tiers
        </Text>
        <FormLayout.Group>
          <Select
            label="Reached by"
            value={tiers.measure}
            options={[
              { label: 'Points earned', value: 'points' },
              { label: 'Money spent on goods', value: 'spend' },
            ]}
            onChange={(value) => {
              set({ measure: value === 'spend' ? 'spend' : 'points' });
            }}
          />
          <Select
            label="What counts"
            value={tiers.period}
            options={[
              { label: 'The last 365 days', value: 'rolling' },
              { label: 'The better of this and last calendar year', value: 'year' },
              { label: 'Since the beginning', value: 'lifetime' },
            ]}
            onChange={(value) => {
              set({ period: value as Tiers['period'] });
            }}
          />
          <NumberField
            label="Who falls below stays for"
            suffix="days"
            most={365}
            value={tiers.graceDays}
            onChange={(graceDays) => {
              set({ graceDays });
            }}
          />
        </FormLayout.Group>
        {tiers.levels.map((level) => (
          <ItemBox
            key={level.id}
            name={level.name}
            onRemove={() => {
              setLevel(level.id, null);
            }}
          >
            <FormLayout.Group condensed>
              <TextField
                label="Name"
                value={level.name}
                maxLength={40}
                autoComplete="off"
                onChange={(name) => {
                  setLevel(level.id, { name });
                }}
              />
              <NumberField
                key={tiers.measure}
                label="From"
                suffix={money ? settings.currency : 'points'}
                digits={money ? digits : 0}
                most={1e12}
                value={level.at}
                onChange={(at) => {
                  setLevel(level.id, { at });
                }}
              />
              <NumberField
                label="Times the points"
                suffix="×"
                digits={4}
                least={10_000}
                most={100_000}
                value={level.multiplierBps}
                onChange={(multiplierBps) => {
                  setLevel(level.id, { multiplierBps });
                }}
              />
              <NumberField
                label="Points for reaching it"
                most={1_000_000}
                value={level.entryPoints}
                onChange={(entryPoints) => {
                  setLevel(level.id, { entryPoints });
                }}
              />
            </FormLayout.Group>
            <Checkbox
              label="Free shipping"
              helpText="A code of the member's own, for every order as long as they are in the tier. It follows within the hour."
              checked={level.freeShipping}
              onChange={(freeShipping) => {
                setLevel(level.id, { freeShipping });
              }}
            />
            <TextField
              label="What else it brings"
              helpText="Shown to members; one line each. You keep these promises yourself; products for members only and early access are below."
              value={level.perks.join('\n')}
              multiline={2}
              autoComplete="off"
              onChange={(text) => {
                setLevel(level.id, { perks: text === '' ? [] : text.split('\n') });
              }}
            />
          </ItemBox>
        ))}
        <InlineStack>
          <Button
            disabled={tiers.levels.length >= 8}
            onClick={() => {
              const at = (tiers.levels.at(-1)?.at ?? 0) * 2 || 100;
              const id = freeId(
                'tier',
                tiers.levels.map((level) => level.id),
              );
              const fresh = {
                id,
                name: 'New tier',
                at,
                multiplierBps: 10_000,
                entryPoints: 0,
                freeShipping: false,
                perks: [],
              };
              set({ levels: [...tiers.levels, fresh] });
            }}
          >
            Add a tier
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
