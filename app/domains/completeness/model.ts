import type { ExportResource } from '#app/platforms/platform.ts';

/** How a version of a record came to us. */
export type Way = 'webhook' | 'reconciliation' | 'import';

/** How records come, as far as it is the same for all of them. */
export interface Coming {
  readonly way: Way;
  /** how far the platform's clock is ahead of ours, milliseconds */
  readonly skewMs: number;
  /** by the platform's clock: what is older was there before us and is not counted; null counts everything */
  readonly since: Date | null;
}

/** A version of a record. */
export interface Version {
  readonly resource: ExportResource;
  readonly id: string;
  /** by the platform's clock */
  readonly changedAt: Date;
}

/** What came within one hour. Versions are counted: a record that changed twice came twice. */
export interface HourOfArrivals {
  /** the beginning of the hour */
  readonly at: Date;
  readonly resource: ExportResource;
  readonly arrived: number;
  /** of them, so many within five minutes */
  readonly inTime: number;
  /** brought by reconciliation, and no webhook spoke of it */
  readonly refilled: number;
  readonly slowestSeconds: number;
}

const windows = ['24h', '7d', '30d'] as const;
export type Window = (typeof windows)[number];

/** The window that somebody asked for; the shortest where it is none. */
export const toWindow = (text: string | null): Window => windows.find((one) => one === text) ?? '24h';

export interface ArrivalSums {
  readonly arrived: number;
  /** of a record that changed more than once: with each of its changes */
  readonly inTime: number;
  /** of a record that changed more than once: with any of its changes */
  readonly refilled: number;
  /** 0 where nothing arrived */
  readonly slowestSeconds: number;
}

/** How many records of a kind came, however often each changed. */
export interface RecordSums extends ArrivalSums {
  readonly resource: ExportResource;
}

/** One bar of the chart: the changes that came from `from` until `until`. */
export interface ArrivalSpan extends ArrivalSums {
  readonly from: Date;
  readonly until: Date;
}

/** What a reconciliation had to mend beside records. */
export interface Mend {
  readonly at: Date;
  /** webhooks that were missing or switched off */
  readonly webhooks: number;
  /** records that were deleted in the store without a word */
  readonly deleted: number;
}

export interface CompletenessReport {
  readonly window: Window;
  /** records, each counted once */
  readonly resources: readonly RecordSums[];
  /** changes of all resources together, oldest first */
  readonly spans: readonly ArrivalSpan[];
  readonly webhooksMended: number;
  readonly deletedFound: number;
  /** orders of the window in a currency that could not be turned into the shop's: sums of money leave them out */
  readonly ordersLeftOut: number;
  /** everything that changed before this has been asked for; null before the first import is through */
  readonly checkedUntil: Date | null;
  /** when everything that we hold was last looked for in the store */
  readonly comparedAt: Date | null;
  readonly problems: readonly CompletenessProblem[];
}

/**
 * `late`: more than one order in a hundred took longer than five minutes. `webhooks`: the store had switched its messages off.
 * `unchecked`: reconciliation has not come through for too long.
 */
export type CompletenessProblem = 'late' | 'webhooks' | 'unchecked';
