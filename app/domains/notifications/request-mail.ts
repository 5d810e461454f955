import type { ShopScope } from '#app/infra/database.ts';
import { hashEmail } from '#app/infra/email-hash.ts';
import type { Services } from '#app/infra/services.ts';
import type { Language, MailSource } from './model.ts';
import { sealing } from './sealing.ts';
import { insertMails } from './store-mails.ts';
import type { AnyTemplate } from './template.ts';
import { type DataOf, findTemplate, type TemplateId } from './templates/registry.ts';

/** A mail that waits longer than this tells of something that is over. */
const usualLifeMs = 7 * 86_400_000;
/** Whoever waits for a test longer than this has sent another one. */
const testLifeMs = 3_600_000;

type Filled = { [Id in TemplateId]: { readonly template: Id; readonly data: DataOf<Id> } }[TemplateId];

/** Whom a mail goes to: a customer, whose address, name and consent are looked up when it is sent, or an address. */
export type MailRecipient =
  | { readonly customerId: string }
  | { readonly address: string; readonly name?: string; readonly locale?: string | null };

export type MailRequest = Filled & {
  /** unique in the shop: one mail for each, however often it is asked for */
  readonly source: MailSource;
  readonly to: MailRecipient;
  readonly notBefore?: Date | null;
  /** not sent after that; seven days after the request where it is not said */
  readonly expiresAt?: Date | null;
};

/**
 * Asks for mails within the caller's transaction; nothing is sent in it. What was asked for before changes nothing.
 * @returns the sources that are new
 * @throws when data do not fit the template
 */
export async function requestMails(
  services: Pick<Services, 'secrets' | 'clock'>,
  scope: ShopScope,
  requests: readonly MailRequest[],
): Promise<MailSource[]> {
  const now = services.clock.now();
  const { seal } = sealing(services.secrets, scope.shopId);
  const rows = requests.map(({ template, data, source, to, notBefore, expiresAt }) => {
    const known = findTemplate(template);
    if (known === null) throw new Error(`no mail template is called ${template}`);
    known.schema.parse(data);
    const address = 'address' in to ? to.address.trim() : null;
    return {
      template,
      topic: known.topic,
      sourceKind: source.kind,
      sourceId: source.id,
      purpose: source.purpose,
      customerId: 'customerId' in to ? to.customerId : null,
      emailHash: hashEmail(services.secrets, address),
      toSealed: 'address' in to ? seal({ address, name: to.name ?? '', locale: to.locale ?? null }) : null,
      dataSealed: seal(data),
      requestedAt: now,
      dueAt: notBefore && notBefore > now ? notBefore : now,
      expiresAt: expiresAt ?? new Date((notBefore ?? now).getTime() + usualLifeMs),
    };
  });
  return rows.length === 0 ? [] : insertMails(scope, rows);
}

/** The same for one. True where it is new. */
export async function requestMail(
  services: Pick<Services, 'secrets' | 'clock'>,
  scope: ShopScope,
  request: MailRequest,
): Promise<boolean> {
  return (await requestMails(services, scope, [request])).length > 0;
}

/**
 * Asks for a template filled with its sample, to an address of the merchant's own; as something that was asked for it
 * goes at once, whatever the template's topic. The template was found by `findTemplate`.
 */
export async function requestSample(
  services: Pick<Services, 'secrets' | 'clock'>,
  scope: ShopScope,
  template: AnyTemplate,
  to: { readonly id: string; readonly address: string; readonly language: Language },
): Promise<void> {
  const now = services.clock.now();
  const { seal } = sealing(services.secrets, scope.shopId);
  await insertMails(scope, [
    {
      template: template.id,
      topic: 'service',
      sourceKind: 'test',
      sourceId: to.id,
      purpose: '',
      customerId: null,
      emailHash: hashEmail(services.secrets, to.address),
      toSealed: seal({ address: to.address, name: '', locale: to.language }),
      dataSealed: seal(template.sample),
      requestedAt: now,
      dueAt: now,
      expiresAt: new Date(now.getTime() + testLifeMs),
    },
  ]);
}
