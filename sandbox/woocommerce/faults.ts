/** Trouble that tests and the admin's "Sandbox" page can make. Everything is off at the start. */
export interface WooFaults {
  /** each answer of the REST API waits this long, ms */
  slowMs: number;
  /** a security plugin answers the REST API with a page and 403 */
  blockRest: boolean;
  /** the merchant set permalinks to "Plain" */
  plainPermalinks: boolean;
  /** with plain permalinks: the host hands every address to WordPress, which answers one it does not know with the home page */
  unknownIsHome: boolean;
  /** the site's clock is ahead by this, ms */
  clockOffsetMs: number;
  /** the host hands no Authorization header on to PHP */
  stripAuthorization: boolean;
  /** this many requests to the REST API are answered 503 with a page */
  unavailable: number;
  /** share of deliveries never sent, 0 to 1 */
  webhookDrop: number;
  /** share sent twice */
  webhookDuplicate: number;
  /** each run of the queue sends in an order of its own */
  webhookReorder: boolean;
}

export const noWooFaults = (): WooFaults => ({
  slowMs: 0,
  blockRest: false,
  plainPermalinks: false,
  unknownIsHome: false,
  clockOffsetMs: 0,
  stripAuthorization: false,
  unavailable: 0,
  webhookDrop: 0,
  webhookDuplicate: 0,
  webhookReorder: false,
});
