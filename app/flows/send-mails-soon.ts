import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { sendMailsJob } from './mail-jobs.ts';

/** Has the shop's mails sent that were asked for; to be called after the transaction that asked for them. */
export async function sendMails(services: Pick<Services, 'queue'>, shopId: ShopId): Promise<void> {
  await services.queue.enqueue(sendMailsJob, { shopId }, { deduplicationKey: `mails-${shopId}` });
}
