import { useSearchParams } from '@remix-run/react';
import { Banner, BlockStack, Card, Page, Tabs } from '@shopify/polaris';
import type { Language, MailSettings } from '#app/domains/notifications/index.ts';
import type { LogRow } from '#app/flows/mail-log.ts';
import type { SuppressedAddress } from '#app/flows/mail-suppressions.ts';
import { StoreNotice, type StoreStanding } from '../../ui/store-notice.tsx';
import { LogView } from './log-view.tsx';
import { MailSettingsView } from './settings-view.tsx';
import { SuppressedView } from './suppressed-view.tsx';
import { type TemplateRow, TemplatesView } from './templates-view.tsx';

export const emailsViews = ['templates', 'log', 'suppressed', 'settings'] as const;
export type EmailsView = (typeof emailsViews)[number];

const tabs: readonly { id: EmailsView; content: string }[] = [
  { id: 'templates', content: 'Kinds of e-mails' },
  { id: 'log', content: 'Log' },
  { id: 'suppressed', content: 'Addresses without mails' },
  { id: 'settings', content: 'Look and rules' },
];

interface EmailsPageProps {
  readonly view: EmailsView;
  readonly settings: MailSettings;
  /** a mail server is set up */
  readonly server: boolean;
  readonly shopName: string;
  readonly storeLanguage: Language | null;
  readonly templates: readonly TemplateRow[];
  readonly mails: readonly LogRow[];
  readonly suppressed: readonly SuppressedAddress[];
  readonly more: boolean;
  readonly standing: StoreStanding;
  readonly timeZone: string;
  readonly now: Date;
}

/** What customers get by e-mail: the kinds, what became of each mail, who gets none, and how they look. */
export function EmailsPage(props: EmailsPageProps) {
  const { view, settings, server, standing, templates } = props;
  const [, setParams] = useSearchParams();
  const marketing = templates.some((one) => one.topic === 'offers' && one.active);
  return (
    <Page title="E-mails" subtitle="What Trellis writes to your customers, and why it did or did not">
      <BlockStack gap="400">
        <StoreNotice standing={standing} />
        {server ? null : (
          <Banner tone="warning" title="No mail server is set up">
            <p>
              E-mails wait until whoever runs this app has set one up (SMTP_URL and MAIL_FROM). What is out of date by
              then is not sent.
            </p>
          </Banner>
        )}
        {marketing && settings.footerAddress === '' ? (
          <Banner
            tone="warning"
            action={{
              content: 'Add it',
              onAction: () => {
                setParams({ view: 'settings' });
              },
            }}
          >
            <p>Your postal address is missing. Most countries require it in marketing e-mails.</p>
          </Banner>
        ) : null}
        <Card padding="0">
          <Tabs
            tabs={tabs.map((tab) => ({ ...tab, panelID: 'emails-view' }))}
            selected={tabs.findIndex((tab) => tab.id === view)}
            onSelect={(index) => {
              setParams({ view: tabs[index]?.id ?? 'templates' });
            }}
          />
          <div id="emails-view">
            {view === 'templates' ? <TemplatesView templates={templates} /> : null}
            {view === 'log' ? <LogView {...props} /> : null}
            {view === 'suppressed' ? <SuppressedView {...props} /> : null}
            {view === 'settings' ? (
              <MailSettingsView
                key={JSON.stringify(settings)}
                initial={settings}
                shopName={props.shopName}
                storeLanguage={props.storeLanguage}
              />
            ) : null}
          </div>
        </Card>
      </BlockStack>
    </Page>
  );
}
