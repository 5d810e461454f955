import type { PlatformCapabilities } from './platform.ts';

/**
 * Software of ours that a merchant installs in the store beside the connection, on platforms that run it there: as it
 * was when it was looked for last.
 */
export interface Companion {
  /** 'waiting': it is there, and the merchant has not let it speak with us yet */
  readonly state: 'missing' | 'waiting' | 'outdated' | 'connected';
  readonly version: string | null;
  /** what it agreed on with us, counted up; left out = it was not told, or by one of before */
  readonly contract?: number | undefined;
  /** codes of what it finds wrong in the store */
  readonly problems: readonly string[];
}

export interface CompanionLook {
  readonly companion: Companion;
  /** it had no connection of this shop before this look, and knows nothing of what was published before */
  readonly handedOver: boolean;
  /** the language that the store is written in, such as `de_DE`; null where it does not say */
  readonly storeLocale: string | null;
}

/**
 * What one store can do now; `lacks` says what keeps it from the rest. `behind`: our companion there works, but does not
 * know what came since.
 */
export type ShopCapabilities = PlatformCapabilities & {
  readonly lacks: Exclude<Companion['state'], 'connected'> | null;
  readonly behind: boolean;
};
