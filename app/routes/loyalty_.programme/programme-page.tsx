import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Box, Page } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { ProgrammeSettings, ProgrammeStatus } from '#app/domains/loyalty/index.ts';
import type { PlatformWords } from '#app/platforms/platform.ts';
import { minorUnitDigits } from '#app/shared/money.ts';
import { toast } from '../../ui/app-bridge.ts';
import { SaveForm } from '../../ui/save-form.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { EarnCard } from './earn-card.tsx';
import { ExclusivesCard } from './exclusives-card.tsx';
import { GeneralCard } from './general-card.tsx';
import { RewardsCard } from './rewards-card.tsx';
import type { StoreGifts } from './reward-words.ts';
import type { ProgrammeAnswer } from './route.tsx';
import { TiersCard } from './tiers-card.tsx';
import { TrialCard, type TrialCosts } from './trial-card.tsx';

/** What the settings name, by id; a product and a collection may have the same. */
interface Titles {
  readonly products: Readonly<Record<string, string>>;
  readonly collections: Readonly<Record<string, string>>;
}

interface ProgrammePageProps {
  readonly status: ProgrammeStatus;
  readonly settings: ProgrammeSettings;
  readonly revision: number;
  readonly words: PlatformWords;
  readonly gifts: StoreGifts;
  /** products can be kept for members here */
  readonly exclusives: boolean;
  readonly timeZone: string;
  readonly titles: Titles;
  readonly costs: TrialCosts;
}

/** What every card of the editor gets. */
export interface CardProps {
  readonly settings: ProgrammeSettings;
  /** digits behind the decimal point of the programme's currency */
  readonly digits: number;
  readonly change: (part: Partial<ProgrammeSettings>) => void;
  readonly words: PlatformWords;
  readonly gifts: StoreGifts;
  readonly timeZone: string;
  readonly titles: Titles;
}

/** How points are earned, what tiers bring and what points become. */
export function ProgrammePage({
  status,
  settings: initial,
  revision,
  exclusives,
  costs,
  ...props
}: ProgrammePageProps) {
  const [settings, setSettings] = useState(initial);
  // Discarding makes the fields anew, so that they show what is stored.
  const [fields, setFields] = useState(0);
  const saver = useFetcher<ProgrammeAnswer>();
  const answer = saver.state === 'submitting' ? undefined : saver.data;
  const dirty = useUnsaved(JSON.stringify(settings), JSON.stringify(initial), {
    submitting: saver.state === 'submitting',
    taken: answer?.ok === true,
  });
  useEffect(() => {
    if (answer?.ok) toast('Saved');
  }, [answer]);
  const save = (): void => {
    const wrong = document.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (wrong) wrong.focus();
    // What is not a number is caught above, so that the text holds the very same settings.
    else saver.submit(JSON.stringify({ revision, settings }), { method: 'post', encType: 'application/json' });
  };
  const card: CardProps = {
    settings,
    digits: minorUnitDigits(settings.currency),
    change: (part) => {
      setSettings({ ...settings, ...part });
    },
    ...props,
  };
  return (
    <Page title="Programme" backAction={{ content: 'Loyalty', url: '/loyalty' }}>
      <SaveForm
        id="loyalty-save-bar"
        dirty={dirty}
        saving={saver.state === 'submitting'}
        onSave={save}
        onDiscard={() => {
          setSettings(initial);
          setFields(fields + 1);
        }}
      >
        <BlockStack gap="400" key={fields}>
          {answer?.ok === false ? <Banner tone="critical" title={answer.message} /> : null}
          {status === 'live' ? (
            <Banner tone="info">
              Changes count for orders from the moment you save. Orders before keep the rules they were placed under,
              also when they are refunded later.
            </Banner>
          ) : null}
          <GeneralCard {...card} />
          <EarnCard {...card} />
          <TiersCard {...card} />
          {exclusives ? <ExclusivesCard {...card} /> : null}
          <RewardsCard {...card} />
        </BlockStack>
      </SaveForm>
      <Box paddingBlockStart="400">
        <TrialCard settings={settings} costs={costs} />
      </Box>
    </Page>
  );
}
