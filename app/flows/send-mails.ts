import { noteFailedJob } from '#app/domains/activity/index.ts';
import {
  cancelAllMails,
  claimMails,
  type ClaimedMail,
  decide,
  deferralMs,
  findTemplate,
  loadRenderer,
  markHandedOver,
  putBackMails,
  settleInterrupted,
  settleMail,
  suppressAddresses,
  topics,
} from '#app/domains/notifications/index.ts';
import { findShop } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { createMailConnection } from '#app/infra/mail/connection.ts';
import type { MailConnection } from '#app/infra/mail/model.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { addressedMail, basisFor, type BatchFacts, factsOf, readBatchFacts, recipientOf } from './mail-facts.ts';
import { retryUnfilledMails } from './mail-jobs.ts';

const batch = 20;
const minuteMs = 60_000;
/** A worker that is silent for longer counts as dead; a mail server may take half a minute for each of a batch. */
const leaseMs = 15 * minuteMs;
/** A mail server that is away is asked again after that. */
const awayMs = 2 * minuteMs;

interface Sending {
  readonly services: Services;
  readonly shopId: ShopId;
  readonly connection: MailConnection;
}

/**
 * Sends a shop's mails that are due. A mail is marked before the mail server gets it and settled after its answer: one
 * that was marked is never sent again by itself, so that whatever dies in between, nobody gets it twice.
 */
const sendMailsOfShop: JobHandler<{ shopId: ShopId }> = async ({ shopId }, { services, signal }) => {
  const url = services.config.SMTP_URL;
  if (url === undefined) return;
  const connection = createMailConnection(url);
  try {
    while (!signal.aborted && (await sendBatch({ services, shopId, connection }, signal)));
  } finally {
    connection.close();
  }
};

export default sendMailsOfShop;

/** @returns whether there may be more to send now */
async function sendBatch(sending: Sending, signal: AbortSignal): Promise<boolean> {
  const { services, shopId } = sending;
  const now = services.clock.now();
  const taken = await services.db.inShop(shopId, async (scope) => {
    const shop = await findShop(scope);
    if (shop === null || shop.status === 'uninstalled') {
      await cancelAllMails(scope, now);
      return null;
    }
    const unsure = await settleInterrupted(scope, now);
    if (unsure.length > 0)
      services.log.warn({ shopId, mails: unsure.map(String) }, 'a worker died while these mails were handed over');
    const mails = await claimMails(scope, now, new Date(now.getTime() + leaseMs), batch);
    return { mails, facts: await readBatchFacts(services, scope, shop, mails) };
  });
  if (taken === null || taken.mails.length === 0) return false;
  const { mails, facts } = taken;
  for (const [index, mail] of mails.entries()) {
    const left = mails.slice(index);
    if (signal.aborted) {
      await putBack(sending, left, 0, null);
      return false;
    }
    const stop = await sendOne(sending, mail, facts);
    if (stop === null) continue;
    await putBack(sending, left, stop.inMs, stop.reason, stop.detail);
    return false;
  }
  return mails.length === batch;
}

async function putBack(
  { services, shopId }: Sending,
  mails: readonly ClaimedMail[],
  inMs: number,
  reason: 'server-away' | 'rate' | null,
  detail: string | null = null,
): Promise<void> {
  const until = new Date(services.clock.now().getTime() + inMs);
  await services.db.inShop(shopId, (scope) => putBackMails(scope, mails, { until, reason, detail }));
}

/** Why this mail and the rest of the batch wait. */
interface Stop {
  readonly reason: 'server-away' | 'rate';
  readonly inMs: number;
  readonly detail: string | null;
}

async function sendOne(sending: Sending, mail: ClaimedMail, facts: BatchFacts): Promise<Stop | null> {
  const { services, shopId, connection } = sending;
  const { db, clock } = services;
  const now = clock.now();
  const recipient = recipientOf(facts, mail);
  const known = factsOf(facts, mail, recipient);
  const decision = decide(known, facts.settings, now);
  if (decision.do === 'skip') {
    const { because: reason } = decision;
    const { emailHash } = recipient;
    await db.inShop(shopId, (scope) => settleMail(scope, mail, { state: 'skipped', reason, emailHash, now }));
    return null;
  }
  if (decision.do === 'wait') {
    const { until, because: reason } = decision;
    await db.inShop(shopId, (scope) => putBackMails(scope, [mail], { until, reason }));
    return null;
  }
  const outgoing = await fill(sending, mail, facts);
  if (outgoing === null) return null;
  if (!(await mayGo(services, shopId, now)))
    return { reason: 'rate', inMs: minuteMs - (now.getTime() % minuteMs), detail: null };
  const { emailHash, language } = outgoing;
  const until = new Date(clock.now().getTime() + leaseMs);
  const mark = { now, emailHash, language, until, basis: basisFor(facts, mail, recipient) };
  const mine = await db.inShop(shopId, (scope) => markHandedOver(scope, mail, mark));
  if (!mine) return null;
  const answer = await connection.send(outgoing.mail);
  const at = clock.now();
  if (answer.code === 'server-away') {
    services.log.warn({ shopId, words: answer.words }, 'the mail server is away');
    return { reason: 'server-away', inMs: awayMs, detail: answer.words };
  }
  // What may have arrived counts as well.
  if ((answer.code === 'accepted' || answer.code === 'no-answer') && topics[known.topic].optional)
    facts.noteOptional(emailHash, at);
  await db.inShop(shopId, async (scope) => {
    if (answer.code === 'accepted') {
      await settleMail(scope, mail, { state: 'sent', reason: null, now: at });
    } else if (answer.code === 'deferred') {
      const wait = new Date(at.getTime() + deferralMs(mail.deferrals));
      await putBackMails(scope, [mail], { until: wait, reason: 'deferred', detail: answer.words, deferred: true });
    } else if (answer.code === 'no-answer') {
      services.log.warn({ shopId, mail: mail.id.toString() }, 'the mail server took a mail and gave no answer');
      await settleMail(scope, mail, { state: 'unsure', reason: 'no-answer', detail: answer.words, now: at });
    } else {
      await settleMail(scope, mail, { state: 'failed', reason: 'refused', detail: answer.words, now: at });
      if (answer.recipient)
        await suppressAddresses(
          scope,
          [{ emailHash, sealed: outgoing.sealedAddress, reason: 'bounced', detail: answer.words }],
          at,
        );
    }
  });
  return null;
}

/** A template that throws puts its own mail aside, with the reason; the others go on. */
async function fill({ services, shopId }: Sending, mail: ClaimedMail, facts: BatchFacts) {
  try {
    const template = findTemplate(mail.template);
    if (template === null) throw new Error(`no template is called ${mail.template}`);
    const { renderMail } = await loadRenderer();
    return await addressedMail(services, facts, mail, template, renderMail);
  } catch (error) {
    const now = services.clock.now();
    services.log.error(
      { shopId, mail: mail.id.toString(), template: mail.template, err: error },
      'a mail cannot be made',
    );
    const detail = (error instanceof Error ? error.message : String(error)).slice(0, 300);
    await services.db.inShop(shopId, async (scope) => {
      await settleMail(scope, mail, { state: 'failed', reason: 'template', detail, now });
      const title = findTemplate(mail.template)?.title ?? mail.template;
      const words = `E-mails of the kind “${title}” could not be made and were put aside; others go on. The log under E-mails tells which. Try again after an update; if it fails again, contact support.`;
      await noteFailedJob(scope, retryUnfilledMails.id, 1, now, words);
    });
    return null;
  }
}

/** What the mail server takes a minute, of the shop and in all. */
async function mayGo({ cache, config }: Services, shopId: ShopId, now: Date): Promise<boolean> {
  const minute = Math.floor(now.getTime() / minuteMs).toString();
  if ((await cache.increment(`mails:${shopId}:${minute}`, 120)) > config.MAIL_SHOP_RATE) return false;
  return (await cache.increment(`mails:${minute}`, 120)) <= config.MAIL_RATE;
}
