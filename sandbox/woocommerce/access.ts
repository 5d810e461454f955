/** Who may ask the site, and whom the site tells. */
export interface WooWebhook {
  readonly id: number;
  name: string;
  status: 'active' | 'paused' | 'disabled';
  topic: string;
  deliveryUrl: string;
  secret: string;
  createdAt: string;
  updatedAt: string;
  failureCount: number;
  /** true until a ping was answered with 200 */
  pendingDelivery: boolean;
}

/** A delivery that waits for Action Scheduler's next run; `arg` is the id of the object. */
export interface WooAction {
  readonly id: number;
  readonly webhookId: number;
  readonly arg: number;
}

export type KeyPermissions = 'read' | 'write' | 'read_write';

export interface WooKey {
  readonly id: number;
  description: string;
  permissions: KeyPermissions;
  /** HMAC of the key, as WooCommerce keeps it */
  keyHash: string;
  truncatedKey: string;
  secret: string;
  lastAccess: string | null;
}
