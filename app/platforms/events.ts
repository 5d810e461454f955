import type { ExportToken, PlatformOrder } from './records.ts';

/** What a webhook means. `id` is the platform's; `updatedAt` orders versions of one object. */
export type PlatformEvent =
  | {
      readonly type: 'order-changed';
      readonly id: string;
      readonly updatedAt: Date | null;
      readonly order: PlatformOrder | null;
    }
  | { readonly type: 'order-deleted'; readonly id: string }
  | { readonly type: 'product-changed'; readonly id: string; readonly updatedAt: Date | null }
  | { readonly type: 'product-deleted'; readonly id: string }
  | { readonly type: 'customer-changed'; readonly id: string; readonly updatedAt: Date | null }
  | { readonly type: 'customer-deleted'; readonly id: string }
  /** two customers became one: `id` stays, `from` is gone */
  | { readonly type: 'customer-merged'; readonly id: string; readonly from: string }
  | { readonly type: 'stock-changed'; readonly inventoryItemId: string }
  | { readonly type: 'export-finished'; readonly token: ExportToken }
  | { readonly type: 'shop-changed' }
  | { readonly type: 'scopes-changed'; readonly scopes: readonly string[] }
  | { readonly type: 'uninstalled' }
  | {
      readonly type: 'customer-data-requested';
      /** of which store the body speaks, where it says so: a signed body does not sign the header beside it */
      readonly shopDomain: string | null;
      readonly customerId: string | null;
      readonly email: string | null;
      readonly orderIds: readonly string[];
      readonly requestId: string;
    }
  | {
      readonly type: 'customer-erased';
      readonly shopDomain: string | null;
      readonly customerId: string | null;
      readonly email: string | null;
      readonly orderIds: readonly string[];
    }
  | { readonly type: 'shop-erased'; readonly shopDomain: string };

/** Events of one type. */
export type EventOf<Type extends PlatformEvent['type']> = Extract<PlatformEvent, { readonly type: Type }>;
