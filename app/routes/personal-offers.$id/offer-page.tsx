import { useFetcher, useNavigate } from '@remix-run/react';
import { Badge, Banner, BlockStack, Layout, Page } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { OfferState } from '#app/domains/personal-offers/index.ts';
import type { SegmentChoice } from '#app/domains/segments/index.ts';
import { toast } from '../../ui/app-bridge.ts';
import { stateWords } from '../../ui/personal-offers/words.ts';
import { SaveForm } from '../../ui/save-form.tsx';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { usePolling } from '../../ui/use-polling.ts';
import { AmongCard } from './among-card.tsx';
import { AudienceCard } from './audience-card.tsx';
import { fieldsOf } from './fields.tsx';
import { GiftCard } from './gift-card.tsx';
import { LimitsCard } from './limits-card.tsx';
import { type OfferForm, readOfferForm } from './offer-form.ts';
import { ResultCard, type ShownOffer } from './result-card.tsx';
import type { Look, OfferAnswer } from './route.tsx';
import { TriggerCard } from './trigger-card.tsx';

interface OfferPageProps {
  /** null = a new one */
  readonly id: string | null;
  readonly form: OfferForm;
  readonly offer: ShownOffer | null;
  readonly look: Look;
  readonly choices: readonly SegmentChoice[];
  /** titles of the products that the gift names, by id */
  readonly titles: Readonly<Record<string, string>>;
  readonly currency: string;
  readonly timeZone: string;
  readonly standing: StoreStanding;
}

const asJson = { method: 'post', encType: 'application/json' } as const;

/** An offer: when it is given, what it gives, its limits, whom it reaches, and what it has earned. */
export function OfferPage(props: OfferPageProps) {
  const { id, form: initial, offer, look, choices, titles, currency, timeZone, standing } = props;
  const [form, setForm] = useState(initial);
  const [tried, setTried] = useState(false);
  const saver = useFetcher<OfferAnswer>();
  const switcher = useFetcher<OfferAnswer>();
  const navigate = useNavigate();
  const { terms, problems } = readOfferForm(form, currency, timeZone);
  const answer = saver.state === 'submitting' ? undefined : saver.data;
  const made = answer?.ok ? answer.id : null;
  useEffect(() => {
    if (made === null) return;
    toast('Saved');
    if (id === null) void navigate(`/personal-offers/${made}`, { replace: true });
  }, [made, id, navigate]);
  usePolling(offer?.status === 'live' && (offer.entering || (offer.figures?.waiting ?? 0) > 0));
  const failed = [answer, switcher.data].find((one) => one?.ok === false);
  const save = (): void => {
    setTried(true);
    if (terms) saver.submit(JSON.stringify({ title: form.title, terms, revision: offer?.revision ?? 0 }), asJson);
    else document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  };
  const turn = (content: string, intent: string, destructive = false) => ({
    content,
    destructive,
    loading: switcher.state !== 'idle',
    onAction: () => {
      switcher.submit(JSON.stringify({ intent }), asJson);
    },
  });
  const set = (part: Partial<OfferForm>): void => {
    setForm({ ...form, ...part });
  };
  const fields = fieldsOf(form, tried ? problems : {}, set);
  const dirty = (id === null || JSON.stringify(form) !== JSON.stringify(initial)) && made === null;
  return (
    <Page
      title={offer?.title ?? 'New offer'}
      backAction={{ content: 'Personal offers', url: '/personal-offers' }}
      {...(offer ? { titleMetadata: <State status={offer.status} /> } : {})}
      {...(offer === null || dirty
        ? {}
        : {
            primaryAction: offer.status === 'live' ? turn('Pause', 'pause') : turn('Switch on', 'start'),
            secondaryActions: [
              { content: 'Why / why not', url: `/personal-offers/why?offer=${id ?? ''}` },
              ...(offer.status === 'live' || offer.status === 'paused' ? [turn('End', 'end')] : []),
              ...((offer.figures?.given ?? 0) > 0 && offer.gift.type !== 'early-access'
                ? [turn('End and take codes back', 'take-back', true)]
                : []),
            ],
          })}
    >
      <SaveForm
        id="personal-offer-save-bar"
        dirty={dirty}
        saving={saver.state === 'submitting'}
        onSave={save}
        onDiscard={() => {
          if (id === null) void navigate('/personal-offers');
          setForm(initial);
          setTried(false);
        }}
      >
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <StoreNotice standing={standing} />
              {failed?.ok === false ? (
                <Banner tone="critical" title="That was not done">
                  <p>{failed.message}</p>
                </Banner>
              ) : null}
              {offer?.liveFrom && dirty ? (
                <Banner>
                  <p>{changeWords(form.gift)}</p>
                </Banner>
              ) : null}
              {offer?.liveFrom ? <ResultCard offer={offer} currency={currency} timeZone={timeZone} /> : null}
              <TriggerCard form={form} fields={fields} choices={choices} currency={currency} />
              <AmongCard form={form} fields={fields} choices={choices} />
              <GiftCard form={form} fields={fields} currency={currency} timeZone={timeZone} titles={titles} />
              <LimitsCard form={form} fields={fields} currency={currency} timeZone={timeZone} />
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <AudienceCard
              key={JSON.stringify(look)}
              initial={look}
              terms={terms}
              gift={form.gift}
              currency={currency}
            />
          </Layout.Section>
        </Layout>
      </SaveForm>
    </Page>
  );
}

const changeWords = (gift: OfferForm['gift']): string =>
  gift === 'early-access'
    ? 'A change of trigger, of who of them gets it, of products, day or of the share that gets nothing starts the comparison anew.'
    : 'A change of trigger, of who of them gets it, of sizes, least order or of the share that gets nothing starts the comparison anew. Codes that were given stay as they are.';

function State({ status }: { status: OfferState }) {
  const { label, tone } = stateWords[status];
  return <Badge {...(tone ? { tone } : {})}>{label}</Badge>;
}
