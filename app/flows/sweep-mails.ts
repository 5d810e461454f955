import { findShopsWithDueMails } from '#app/domains/notifications/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { sendMails } from './send-mails-soon.ts';

/** Has mails sent that are due, in all shops. */
const sweepMails: JobHandler<Record<string, never>> = async (_payload, { services }) => {
  // Without a mail server they wait.
  if (services.config.SMTP_URL === undefined) return;
  // Whose mails are due is found across all shops; each job then works in its own.
  const shopIds = await services.db.asSystem((scope) => findShopsWithDueMails(scope, services.clock.now()));
  for (const shopId of shopIds) await sendMails(services, shopId);
};

export default sweepMails;
