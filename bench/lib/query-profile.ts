import pg from 'pg';
import { markdownTable } from './table.ts';

/** Round trips of one purpose. */
interface Trips {
  readonly trips: number;
  /** from asking to the answer, ms */
  readonly ms: number;
}

export interface QueryProfile {
  /** by what they were for */
  readonly trips: Readonly<Record<string, Trips>>;
  /** since the process began, ms */
  readonly at: number;
  /** processor time of this process, ms */
  readonly cpu: number;
}

/** The queue polls beside the work. */
const elsewhere = 'queue and locks';

/** What a statement is for, by the first of these that it fits; else it bears the name of its table. */
const purposes: readonly (readonly [RegExp, string])[] = [
  [/^begin|set_config/i, 'begin of transactions'],
  [/^commit|^rollback/i, 'commits'],
  [/bullmq|advisory|^listen|^notify|migration|\bjobs?\b/i, elsewhere],
  [/update webhook_inbox inbox set attempts/i, 'deliveries taken'],
  [/webhook_inbox/i, 'deliveries closed'],
  [/insert into flow_step/i, 'steps remembered'],
  [/flow_step|"?shop"? where|from "public"\."shop"/i, 'shop, steps done before'],
  [/into arrival/i, 'step orders: arrivals'],
  [/into visitor_identity|visitor_id as "visitorId"/i, 'step identity'],
  [/into recommendation_pending/i, 'step suggestions'],
  [/personal_offer/i, 'step offers'],
  [/referral|attribution_/i, 'step referrals'],
  [/ledger_/i, 'points: ledger'],
  [/loyalty_/i, 'points: loyalty'],
  [/discount_code/i, 'step codes'],
  [/identity_key/i, 'step orders: identity'],
  [/segment_(?:member|change|tag)|from segment\b|"segment"/i, 'step segments of the merchant'],
  [/segment|customer_score|from "public"\."order"/i, 'step groups'],
  [/order_line/i, 'step orders: lines'],
  [/"order"|bundle/i, 'step orders: heads'],
];

function purposeOf(text: string): string {
  const known = purposes.find(([words]) => words.test(text));
  return known?.[1] ?? /(?:from|into|update)\s+(?:"?public"?\.)?"?([a-z_]+)/i.exec(text)?.[1] ?? 'other';
}

const textOf = (query: unknown): string =>
  typeof query === 'string'
    ? query
    : typeof query === 'object' && query !== null && 'text' in query && typeof query.text === 'string'
      ? query.text
      : '';

/** Counts and times every round trip of this process to PostgreSQL from now on; returns what came together since. */
export function profileQueries(): () => QueryProfile {
  const found: Record<string, Trips> = {};
  const client = pg.Client.prototype as { query(this: unknown, ...given: unknown[]): unknown };
  const { query } = client;
  client.query = function timed(...given) {
    const asked = performance.now();
    const answer = query.apply(this, given);
    const note = () => {
      const purpose = purposeOf(textOf(given[0]));
      const { trips, ms } = found[purpose] ?? { trips: 0, ms: 0 };
      found[purpose] = { trips: trips + 1, ms: ms + performance.now() - asked };
    };
    // What applies deliveries waits for promises; who calls back is the queue, at its own pace.
    if (answer instanceof Promise) answer.then(note, note);
    return answer;
  };
  return () => {
    const { user, system } = process.cpuUsage();
    return { trips: { ...found }, at: performance.now(), cpu: (user + system) / 1000 };
  };
}

/**
 * What happened between two looks, for each of `count` things that were done in between. Connections wait side by side, so
 * that the waits may be more than the time that passed.
 */
export function profileTable(title: string, before: QueryProfile, after: QueryProfile, count: number): string {
  const elapsed = after.at - before.at;
  const rows = Object.entries(after.trips)
    .map(([purpose, { trips, ms }]) => {
      const known = before.trips[purpose] ?? { trips: 0, ms: 0 };
      return { purpose, trips: trips - known.trips, ms: ms - known.ms };
    })
    .filter(({ trips, purpose }) => trips > 0 && purpose !== elsewhere)
    .sort((a, b) => b.ms - a.ms);
  const waited = rows.reduce((sum, { ms }) => sum + ms, 0);
  const perOne = (ms: number) => `${((1000 * ms) / count).toFixed(0)} µs`;
  return markdownTable(
    [title, 'share of the waiting', 'for one', 'round trips for one'],
    [
      ...rows.map(({ purpose, ms, trips }) => [
        purpose,
        `${((100 * ms) / waited).toFixed(0)} %`,
        perOne(ms),
        (trips / count).toFixed(3),
      ]),
      [
        'waiting for the database, all connections',
        '100 %',
        perOne(waited),
        (rows.reduce((sum, { trips }) => sum + trips, 0) / count).toFixed(3),
      ],
      ['processor time of the worker', '', perOne(after.cpu - before.cpu), ''],
      ['time from one to the next', '', perOne(elapsed), ''],
    ],
  );
}
