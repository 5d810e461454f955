import { chunkJob, trainingEndJob, trainingJob } from '#app/domains/recommendations/index.ts';
import { defineJob, ofRun, ofShop } from '#app/infra/jobs.ts';
import { forgetGoneCustomer } from './forget-customer-jobs.ts';

const hour = 3_600_000;

/** Products, customers and orders of a shop, from an export; goes on where it was killed. */
export const importShop = defineJob({
  id: 'shop.import',
  queue: 'imports',
  schema: ofRun,
  attempts: 8,
  backoffMs: 5_000,
  timeoutMs: 6 * hour,
  load: () => import('./import-shop.ts'),
});

export const recommendForShop = defineJob({
  ...trainingJob,
  timeoutMs: 2 * hour,
  load: () => import('./recommend-for-shop.ts'),
});

export const countChunk = defineJob({
  ...chunkJob,
  timeoutMs: 2 * hour,
  load: () => import('./count-chunk.ts'),
});

export const finishTraining = defineJob({
  ...trainingEndJob,
  timeoutMs: 2 * hour,
  load: () => import('./finish-training.ts'),
});

/** What would have been recommended on past orders, and how often was it bought. */
export const backtestShop = defineJob({
  id: 'recommendations.backtest',
  queue: 'training',
  schema: ofRun,
  attempts: 3,
  backoffMs: 10_000,
  timeoutMs: 2 * hour,
  load: () => import('./backtest.ts'),
});

/** Recommendations, bundles and settings to the storefront. */
export const publishShop = defineJob({
  id: 'shop.publish',
  queue: 'publishing',
  schema: ofRun,
  attempts: 8,
  backoffMs: 5_000,
  timeoutMs: 2 * hour,
  load: () => import('./publish-shop.ts'),
});

/** The discount and what product pages show of bundles, after the merchant changed one. */
export const publishBundles = defineJob({
  id: 'bundles.publish',
  queue: 'publishing',
  schema: ofRun,
  attempts: 8,
  backoffMs: 5_000,
  timeoutMs: hour,
  load: () => import('./publish-bundles.ts'),
});

/** The same without a visible run: a bundle starts or ends, or a product in one changed. */
export const refreshBundles = defineJob({
  id: 'bundles.refresh',
  queue: 'publishing',
  schema: ofShop,
  attempts: 5,
  backoffMs: 10_000,
  load: () => import('./refresh-bundles.ts'),
});

/** A rule of the merchant starts or ends: the store's lists follow. */
export const rulesDue = defineJob({
  id: 'recommendations.rules-due',
  queue: 'publishing',
  schema: ofShop,
  attempts: 5,
  backoffMs: 10_000,
  load: () => import('./rules-due.ts'),
});

/** New orders reach the lists of the products in them. */
export const freshenRecommendations = defineJob({
  id: 'recommendations.freshen',
  queue: 'publishing',
  schema: ofShop,
  attempts: 5,
  backoffMs: 10_000,
  load: () => import('./freshen-recommendations.ts'),
});

/** Bundles that are shown as one line or sold as a product: the product, its price and the cart transform. */
export const deliverBundles = defineJob({
  id: 'bundles.deliver',
  queue: 'publishing',
  schema: ofShop,
  attempts: 5,
  backoffMs: 10_000,
  load: () => import('./native-bundles.ts'),
});

/** Our software in the store gets the connection. */
export const checkCompanion = defineJob({
  id: 'shop.companion',
  queue: 'publishing',
  schema: ofShop,
  attempts: 5,
  backoffMs: 10_000,
  load: () => import('./check-companion.ts'),
});

/** A store was disconnected: what it holds of ours is taken back. */
export const leaveStore = defineJob({
  id: 'shop.leave',
  queue: 'publishing',
  schema: ofShop,
  attempts: 5,
  backoffMs: 30_000,
  load: () => import('./leave-store.ts'),
});

/** A shop that nobody came back to. */
export const eraseLeftShop = defineJob({
  id: 'shop.erase-left',
  queue: 'upkeep',
  schema: ofShop,
  attempts: 3,
  backoffMs: 60_000,
  timeoutMs: hour,
  load: () => import('./erase-left-shop.ts'),
});

/** What never arrived by webhook. */
export const reconcileShop = defineJob({
  id: 'shop.reconcile',
  queue: 'imports',
  schema: ofRun,
  attempts: 5,
  backoffMs: 30_000,
  timeoutMs: 6 * hour,
  load: () => import('./reconcile-shop.ts'),
});

/** Everything that is kept of a person who asked for it, as a file. */
export const collectCustomerData = defineJob({
  id: 'customers.data-request',
  queue: 'upkeep',
  schema: ofRun,
  attempts: 8,
  backoffMs: 5_000,
  load: () => import('./collect-customer-data.ts'),
});

/** Ideas for bundles, from past baskets. */
export const mineBundles = defineJob({
  id: 'bundles.mine',
  // Seconds of work that a merchant waits for: not behind a training.
  queue: 'upkeep',
  schema: ofRun,
  attempts: 4,
  backoffMs: 10_000,
  timeoutMs: hour,
  load: () => import('./mine-bundles.ts'),
});

/** A shop's webhooks that are due, oldest first. */
export const processInbox = defineJob({
  id: 'inbox.process',
  queue: 'webhooks',
  schema: ofShop,
  attempts: 3,
  backoffMs: 2_000,
  load: () => import('./process-inbox.ts'),
});

export const flowJobs = [
  importShop,
  recommendForShop,
  countChunk,
  finishTraining,
  backtestShop,
  publishShop,
  publishBundles,
  refreshBundles,
  deliverBundles,
  rulesDue,
  freshenRecommendations,
  checkCompanion,
  leaveStore,
  eraseLeftShop,
  reconcileShop,
  collectCustomerData,
  forgetGoneCustomer,
  mineBundles,
  processInbox,
] as const;
