import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  allowAddress,
  countMails,
  knownLanguage,
  readMailSettings,
  readTemplateChanges,
  templates,
} from '#app/domains/notifications/index.ts';
import { readMailLog, sendAgain } from '#app/flows/mail-log.ts';
import { changeMailSettings } from '#app/flows/mail-settings.ts';
import { importSuppressed, readSuppressed } from '#app/flows/mail-suppressions.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { logQuery } from './log-query.ts';
import { EmailsPage, type EmailsView, emailsViews } from './emails-page.tsx';

export const meta: MetaFunction = () => [{ title: 'E-mails' }];

export type EmailsAnswer = { readonly ok: boolean; readonly message: string };

const page = 50;
const countedDays = 30;
const dayMs = 86_400_000;

const query = z.object({
  view: z.enum(emailsViews).catch('templates'),
  ...logQuery.shape,
  before: z.coerce.bigint().positive().nullable().catch(null),
  after: z
    .string()
    .regex(/^\d{1,15}\.[0-9a-f]{64}$/)
    .nullable()
    .catch(null),
});

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { services } = args.context;
  const params = new URL(args.request.url).searchParams;
  const asked = query.parse(
    Object.fromEntries(Object.keys(query.shape).map((name) => [name, params.get(name) || null])),
  );
  const { view, search } = asked;
  return merchant.inShop(async (scope) => {
    const settings = await readMailSettings(scope);
    const changes = await readTemplateChanges(scope);
    const counts =
      view === 'templates' ? await countMails(scope, new Date(merchant.now.getTime() - countedDays * dayMs)) : [];
    const sum = (id: string, states: readonly string[]) =>
      counts
        .filter((one) => one.template === id && states.includes(one.state))
        .reduce((total, one) => total + one.mails, 0);
    const mails =
      view === 'log'
        ? await readMailLog(services, scope, {
            search,
            state: asked.state,
            template: asked.template,
            before: asked.before,
            limit: page + 1,
          })
        : [];
    const [at = '', hash = ''] = asked.after?.split('.') ?? [];
    const suppressed =
      view === 'suppressed'
        ? await readSuppressed(services, scope, {
            search,
            after: at === '' ? null : { at: new Date(Number(at)), hash },
            limit: page + 1,
          })
        : [];
    return {
      view: view satisfies EmailsView,
      settings,
      server: services.config.SMTP_URL !== undefined,
      shopName: merchant.shop.name,
      storeLanguage: knownLanguage(merchant.shop.platformState.storeLocale ?? null),
      templates: templates.map(({ id, title, when, topic }) => ({
        id,
        title,
        when,
        topic,
        active: changes.get(id)?.active ?? true,
        sent: sum(id, ['sent']),
        unsent: sum(id, ['skipped', 'failed', 'unsure']),
      })),
      mails: mails.slice(0, page),
      suppressed: suppressed.slice(0, page),
      more: mails.length > page || suppressed.length > page,
      standing: merchant.standing,
      timeZone: merchant.shop.timeZone,
      now: merchant.now,
    };
  });
}

const actionSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('settings'), settings: z.unknown() }),
  z.object({ intent: z.literal('send-again'), id: z.coerce.bigint().positive() }),
  z.object({ intent: z.literal('suppress'), text: z.string().max(190_000) }),
  z.object({ intent: z.literal('allow'), hash: z.string().regex(/^[0-9a-f]{64}$/) }),
]);

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { services } = args.context;
  const sent = actionSchema.safeParse(await readJson(args.request));
  const refuse = (message: string) => data<EmailsAnswer>({ ok: false, message }, { status: 422 });
  const done = (message: string) => data<EmailsAnswer>({ ok: true, message });
  if (!sent.success) return refuse('This could not be read. Reload the page and try again.');
  const ask = sent.data;
  switch (ask.intent) {
    case 'settings': {
      const saved = await changeMailSettings(services, merchant.shop.id, ask.settings);
      return saved.ok ? done('Settings saved') : refuse(saved.message);
    }
    case 'send-again':
      return (await sendAgain(services, merchant.shop.id, ask.id))
        ? done('It is in line again')
        : refuse('This has not failed, or what it said is forgotten by now.');
    case 'suppress': {
      const outcome = await merchant.inShop((scope) => importSuppressed(services, scope, ask.text, merchant.now));
      if (outcome === null) return refuse('Add at most 20,000 addresses at a time.');
      const { added, known, wrong } = outcome;
      if (added + known === 0) return refuse('No e-mail address was found in it. Write one a line.');
      return done(
        `${String(added)} added${known > 0 ? `, ${String(known)} were on the list` : ''}${wrong.length > 0 ? `; no address in line ${wrong.slice(0, 5).join(', ')}${wrong.length > 5 ? ' …' : ''}` : ''}`,
      );
    }
    case 'allow':
      return (await merchant.inShop((scope) => allowAddress(scope, ask.hash)))
        ? done('Taken off the list')
        : refuse('It is not on the list any more.');
  }
}

export default function Emails() {
  const loaded = useLoaderData<typeof loader>();
  return <EmailsPage {...loaded} />;
}
