import { useFetcher } from '@remix-run/react';
import { BlockStack, Button, Card, ChoiceList, RangeSlider, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { MerchandisingSettings } from '#app/domains/recommendations/index.ts';
import { toast } from '../../ui/app-bridge.ts';
import { SaveBar } from '../../ui/save-bar.tsx';
import { surfaceNames } from '../../ui/rules/rule-words.ts';
import { OwnedFields } from './owned-fields.tsx';
import type { RulesAnswer } from './route.tsx';

type Surface = keyof typeof surfaceNames;

const percent = (value: number): string => `${String(value)}%`;

/** What suggestions are to achieve. Mounted anew for each stored state. */
export function SettingsCard({ initial }: { initial: MerchandisingSettings }) {
  const [form, setForm] = useState(initial);
  const [apart, setApart] = useState(
    Object.values(initial.surfaces ?? {}).some((one) => one.diversityPercent !== undefined),
  );
  const saver = useFetcher<RulesAnswer>();
  const dirty = JSON.stringify(form) !== JSON.stringify(initial);
  const saved = saver.data?.ok === true;
  useEffect(() => {
    if (saved) toast('Settings saved');
  }, [saved]);
  const change = (part: Partial<MerchandisingSettings>): void => {
    setForm((before) => ({ ...before, ...part }));
  };
  const sliderOf = (surface: Surface) => {
    const value = form.surfaces?.[surface]?.diversityPercent ?? form.diversityPercent;
    return (
      <RangeSlider
        key={surface}
        label={surfaceNames[surface]}
        min={0}
        max={100}
        step={5}
        value={value}
        output
        suffix={percent(value)}
        onChange={(typed) => {
          const diversityPercent = typeof typed === 'number' ? typed : typed[0];
          change({ surfaces: { ...form.surfaces, [surface]: { ...form.surfaces?.[surface], diversityPercent } } });
        }}
      />
    );
  };
  const slider = (name: 'objectivePercent' | 'diversityPercent', label: string, help: string) => (
    <RangeSlider
      label={label}
      helpText={help}
      min={0}
      max={100}
      step={5}
      value={form[name]}
      output
      suffix={percent(form[name])}
      onChange={(value) => {
        change({ [name]: typeof value === 'number' ? value : value[0] });
      }}
    />
  );
  return (
    <Card>
      <SaveBar
        id="rules-save-bar"
        dirty={dirty}
        saving={saver.state !== 'idle'}
        onSave={() => {
          saver.submit(JSON.stringify({ intent: 'settings', settings: form }), {
            method: 'post',
            encType: 'application/json',
          });
        }}
        onDiscard={() => {
          setForm(initial);
        }}
      />
      <BlockStack gap="400">
        <Text as="h2" variant="headingSm">
          What suggestions aim for
        </Text>
        <ChoiceList
          title="Aim"
          choices={[
            {
              label: 'Clicks',
              value: 'clicks',
              helpText:
                'What is most likely wanted comes first, and earlier what shoppers click on more than on others in the same place. Counted in the last 90 days; without enough clicks, the chance alone.',
            },
            { label: 'Revenue', value: 'revenue', helpText: 'Dearer products come earlier.' },
            { label: 'Margin', value: 'margin', helpText: 'Products that earn you more come earlier.' },
          ]}
          selected={[form.objective]}
          onChange={([objective]) => {
            change({ objective: objective === 'revenue' || objective === 'margin' ? objective : 'clicks' });
          }}
        />
        {form.objective === 'clicks'
          ? null
          : slider('objectivePercent', 'Weight of the value', '0% is the chance alone, 100% is chance times value.')}
        {slider('diversityPercent', 'Variety', 'How different the products of one list are from each other.')}
        <Button
          variant="plain"
          textAlign="left"
          disclosure={apart ? 'up' : 'down'}
          ariaExpanded={apart}
          onClick={() => {
            setApart(!apart);
          }}
        >
          Variety in each place
        </Button>
        {apart ? (Object.keys(surfaceNames) as Surface[]).map(sliderOf) : null}
        <OwnedFields settings={form} change={change} />
      </BlockStack>
    </Card>
  );
}
