import type { WooFaults } from './faults.ts';
import type { RestContext } from './rest/request.ts';
import type { WooStore } from './store.ts';
import type { WooWebhooks } from './webhooks/queue.ts';

/** One pretend WooCommerce site with everything around it, as its pages and APIs see it. */
export interface WooSide {
  readonly store: WooStore;
  readonly faults: WooFaults;
  readonly webhooks: WooWebhooks;
  readonly context: RestContext;
  /** the machine itself may be called and may be a callback without https */
  readonly allowLoopback: boolean;
  readonly siteUrl: () => string;
  /** where Trellis is; null while nobody knows */
  readonly appUrl: () => string | null;
}
