import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, data } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import {
  findContacts,
  findTemplate,
  languages,
  readContacts,
  readTemplateChanges,
  unchanged,
  wordedIn,
} from '#app/domains/notifications/index.ts';
import { previewMail } from '#app/flows/mail-preview.ts';
import { changeTemplate, sendTest } from '#app/flows/mail-settings.ts';
import { readJson } from '../json-body.server.ts';
import { requireMerchant } from '../merchant.server.ts';
import { TemplatePage } from './template-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [{ title: loaded?.title ?? 'E-mail' }];

export type TemplateAnswer = { readonly ok: boolean; readonly message: string; readonly intent: 'save' | 'test' };

const offered = 20;
/** In place of a customer: nobody's data. */
const sample = 'sample';
const query = z.object({
  language: z.enum(languages).nullable().catch(null),
  customer: z
    .string()
    .regex(/^[^\p{Cc}\p{Cs}]{1,64}$/u)
    .nullable()
    .catch(null),
  search: z
    .string()
    .trim()
    .max(254)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .catch(''),
});

const templateOf = (id: string | undefined) => {
  const template = findTemplate(id ?? '');
  if (template === null) throw new Response('There is no such e-mail.', { status: 404 });
  return template;
};

export async function loader(args: LoaderFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { services } = args.context;
  const template = templateOf(args.params['template']);
  const params = new URL(args.request.url).searchParams;
  const asked = query.parse({
    language: params.get('language'),
    customer: params.get('customer') || null,
    search: params.get('search') ?? '',
  });
  return merchant.inShop(async (scope) => {
    const address = asked.search.includes('@') ? asked.search : null;
    const of =
      asked.customer === null ? 'anybody' : asked.customer === sample ? 'nobody' : { customerId: asked.customer };
    const preview = await previewMail(services, scope, merchant.shop, template, { language: asked.language, of });
    const shown = preview?.customerId ?? asked.customer;
    const chosen = shown === null ? [] : await readContacts(scope, services.secrets, { customerIds: [shown] });
    const found = await findContacts(scope, services.secrets, { address, limit: offered });
    const people = [...chosen, ...found.filter((one) => one.customerId !== shown)];
    const change = (await readTemplateChanges(scope)).get(template.id) ?? unchanged;
    const language = preview?.language ?? asked.language ?? 'en';
    const { id, title, when, topic } = template;
    return {
      id,
      title,
      when,
      topic,
      active: change.active,
      language,
      own: template.words[language],
      words: change.words[language] ?? {},
      worded: wordedIn(change),
      preview,
      customer: chosen[0]?.customerId ?? null,
      people: people.map(({ customerId, firstName, address: email }) => ({ customerId, firstName, email })),
    };
  });
}

const intents = z.object({ intent: z.enum(['save', 'test']) });

export async function action(args: ActionFunctionArgs) {
  const merchant = await requireMerchant(args);
  const { services } = args.context;
  const template = templateOf(args.params['template']);
  const body = await readJson(args.request);
  const sent = intents.safeParse(body);
  if (!sent.success) throw new Response('Choose what to do.', { status: 400 });
  const { intent } = sent.data;
  const outcome =
    intent === 'save'
      ? await changeTemplate(services, merchant.shop.id, template, body)
      : await sendTest(services, merchant.shop.id, template, body);
  if (!outcome.ok) return data<TemplateAnswer>({ ok: false, message: outcome.message, intent }, { status: 422 });
  return data<TemplateAnswer>({
    ok: true,
    message: outcome.value === null ? 'E-mail saved' : `A test is on its way to ${outcome.value.address}`,
    intent,
  });
}

export default function EmailTemplate() {
  const loaded = useLoaderData<typeof loader>();
  return (
    <TemplatePage key={`${loaded.language} ${JSON.stringify(loaded.words)} ${String(loaded.active)}`} {...loaded} />
  );
}
