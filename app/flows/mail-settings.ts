import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  type AnyTemplate,
  languages,
  mailSettings,
  readTemplateChanges,
  requestSample,
  saveMailSettings,
  saveTemplateChange,
  unchanged,
} from '#app/domains/notifications/index.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { fail, ok, type Result } from '#app/shared/result.ts';
import { sendMails } from './send-mails-soon.ts';

/** Test mails an hour: enough to try, too few to misuse. */
const testLimit = 30;

const templateForm = z.object({
  active: z.boolean(),
  language: z.enum(languages),
  /** '' = the template's own words */
  words: z.record(z.string(), z.string().max(2_000)),
});
const testForm = z.object({ address: z.email().max(254), language: z.enum(languages) });

const problemOf = (error: z.ZodError): string => {
  const issue = error.issues[0];
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`;
};

/** Checks and keeps what the merchant decided about mails. */
export async function changeMailSettings(
  services: Pick<Services, 'db'>,
  shopId: ShopId,
  input: unknown,
): Promise<Result<null, 'invalid'>> {
  const parsed = mailSettings.safeParse(input);
  if (!parsed.success) return fail('invalid', problemOf(parsed.error));
  await services.db.inShop(shopId, (scope) => saveMailSettings(scope, parsed.data));
  return ok(null);
}

/** Switches a template on or off, and keeps words in place of its own for one language. */
export async function changeTemplate(
  services: Pick<Services, 'db'>,
  shopId: ShopId,
  template: AnyTemplate,
  input: unknown,
): Promise<Result<null, 'invalid'>> {
  const parsed = templateForm.safeParse(input);
  if (!parsed.success) return fail('invalid', problemOf(parsed.error));
  const { active, language, words } = parsed.data;
  const own = template.words[language];
  const changed = Object.entries(words).flatMap(([key, text]) => {
    const plain = text.trim();
    return !Object.hasOwn(own, key) || plain === '' || plain === own[key] ? [] : [[key, plain] as const];
  });
  await services.db.inShop(shopId, async (scope) => {
    const before = (await readTemplateChanges(scope)).get(template.id) ?? unchanged;
    await saveTemplateChange(scope, template.id, {
      active,
      words: { ...before.words, [language]: Object.fromEntries(changed) },
    });
  });
  return ok(null);
}

/** Sends a template with its sample to an address of the merchant's. */
export async function sendTest(
  services: Services,
  shopId: ShopId,
  template: AnyTemplate,
  input: unknown,
): Promise<Result<{ readonly address: string }, 'invalid' | 'too-many' | 'no-server'>> {
  const parsed = testForm.safeParse(input);
  if (!parsed.success) return fail('invalid', 'Enter an e-mail address such as you@example.com.');
  if (services.config.SMTP_URL === undefined)
    return fail('no-server', 'No mail server is set up yet, so nothing can be sent. Ask whoever runs this app.');
  if ((await services.cache.increment(`mail-tests:${shopId}`, 3600)) > testLimit)
    return fail('too-many', 'That were many tests. Try again in an hour.');
  const { address, language } = parsed.data;
  await services.db.inShop(shopId, (scope) =>
    requestSample(services, scope, template, { id: randomUUID(), address, language }),
  );
  await sendMails(services, shopId);
  return ok({ address });
}
