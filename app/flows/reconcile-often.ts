import { listShopIds } from '#app/domains/shops/index.ts';
import type { JobHandler } from '#app/infra/jobs.ts';
import { startRun } from './start-run.ts';

/** Starts a reconciliation in every installed shop whose platform tells each thing once and never again. */
const reconcileOften: JobHandler<Record<string, never>> = async (_payload, { services, signal }) => {
  const kinds = Object.values(services.platforms).flatMap((platform) =>
    platform && !platform.capabilities.webhookRetries ? [platform.kind] : [],
  );
  const shopIds = await services.db.asSystem((scope) => listShopIds(scope, ['installed'], kinds));
  for (const shopId of shopIds) {
    signal.throwIfAborted();
    await startRun(services, shopId, 'reconcile');
  }
};

export default reconcileOften;
