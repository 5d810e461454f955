/** Trouble that tests and the admin's "Faults" page can make. Everything is off at the start. */
export interface Faults {
  /** share of deliveries never sent, 0 to 1 */
  webhookDrop: number;
  /** share sent twice under the same webhook id */
  webhookDuplicate: number;
  /** each waits this long before its first attempt, ms */
  webhookDelay: number;
  /** each waits a random time up to this, ms, so that later ones overtake */
  webhookReorder: number;
  /** this many API requests are answered THROTTLED */
  apiThrottle: number;
  /** this many API requests are answered 503 */
  apiUnavailable: number;
  /** this many API requests are never answered */
  apiHang: number;
}

export const noFaults = (): Faults => ({
  webhookDrop: 0,
  webhookDuplicate: 0,
  webhookDelay: 0,
  webhookReorder: 0,
  apiThrottle: 0,
  apiUnavailable: 0,
  apiHang: 0,
});
