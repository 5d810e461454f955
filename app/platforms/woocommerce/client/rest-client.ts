import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import type { Clock } from '#app/infra/clock.ts';
import { PlatformAccessLost, PlatformRefusal, PlatformUnavailable, type ShopRef } from '#app/platforms/platform.ts';
import { createLru } from '#app/shared/lru.ts';
import { judgeAnswer, noApi, type Verdict } from './answer.ts';
import { AddressRefused, type GuardedAnswer, guardedRequest } from './guarded-request.ts';
import { signOauth } from './oauth.ts';
import { addQuery, restUrl } from './site-address.ts';

/** How one store is reached. */
export interface StoreAccess {
  readonly address: string;
  readonly permalinks: 'pretty' | 'plain';
  /** where the keys go over https: some hosts drop the Authorization header */
  readonly keysIn: 'header' | 'query';
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

/** Where the access of shops is kept. */
export interface AccessBook {
  /** @throws PlatformAccessLost */
  read(shop: ShopRef): Promise<StoreAccess>;
  /** The store answers in another way than before. */
  adapt(shop: ShopRef, change: Partial<Pick<StoreAccess, 'permalinks' | 'keysIn'>>): Promise<void>;
  /** These keys are not accepted any more. Where the merchant connected the store anew meanwhile, what counts now. */
  lose(shop: ShopRef, refused: StoreAccess): Promise<StoreAccess | null>;
}

export interface RestCall<T> {
  /** left out = GET */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** as WordPress names it: `/wc/v3/products` */
  readonly route: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** without keys: routes that are not WooCommerce's know nothing of them, and WordPress refuses what it does not know */
  readonly anonymous?: true;
  /** a POST that does no harm when it is done twice: where the store is busy it is sent again, after as long as it says */
  readonly repeatable?: 'when-busy';
  readonly answer: z.ZodType<T>;
}

export interface RestAnswer<T> {
  readonly data: T;
  /** of all pages; null where the route says none */
  readonly total: number | null;
  /** how far the clock of the store is ahead of ours, milliseconds, by what the answer is dated; null where it is not */
  readonly skewMs: number | null;
}

/** The store began and was not done in time, with all of it or with none: less at once may go through. */
export class StoreOverrun extends PlatformUnavailable {}

/** Asks the store of a shop. @throws PlatformRefusal | PlatformUnavailable | PlatformAccessLost */
export interface RestClient {
  call<T>(shop: ShopRef, request: RestCall<T>): Promise<RestAnswer<T>>;
}

/** Asks a store by keys that no shop has yet; says what had to be adapted. */
export type AskStore = <T>(
  access: StoreAccess,
  request: RestCall<T>,
) => Promise<RestAnswer<T> & { access: StoreAccess }>;

export interface RestOptions {
  readonly localStores: boolean;
  readonly clock: Clock;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly timeoutMs?: number;
}

/** Of the network: we have waited long enough, or who is asked has hung up in the middle. */
const overruns: ReadonlySet<string> = new Set(['ABORT_ERR', 'ECONNRESET', 'ETIMEDOUT']);

const maxTries = 4;
/** A job should rather come back later than hold a worker for longer than this. */
const maxWaitMs = 30_000;
/** Whoever connects stores names their addresses: no more of them are remembered. */
const mostSkews = 10_000;
/** A store that dates its answers still further from now says nothing of its clock. */
const mostSkewMs = 366 * 86_400_000;

type Reply = { readonly verdict: Verdict; readonly answer: GuardedAnswer | null };

/** Talks to any store. Answers of the REST API only come back as parsed data; everything else is an error. */
export function createAsk(options: RestOptions): AskStore {
  const sleep = options.sleep ?? delay;
  /** by how much the clock of a store differs from ours, milliseconds; of the stores that it matters to */
  const skews = createLru<number>(mostSkews);

  function target(
    access: StoreAccess,
    call: RestCall<unknown>,
    method: string,
  ): { url: URL; authorization: string | null } {
    const url = restUrl(access.address, access.permalinks, call.route);
    addQuery(url, call.query ?? {});
    if (call.anonymous) return { url, authorization: null };
    if (url.protocol === 'http:') {
      const now = options.clock.now().getTime() + (skews.get(access.address) ?? 0);
      return {
        url: signOauth(method, url, access, Math.floor(now / 1000), randomBytes(12).toString('hex')),
        authorization: null,
      };
    }
    if (access.keysIn === 'query') {
      addQuery(url, { consumer_key: access.consumerKey, consumer_secret: access.consumerSecret });
      return { url, authorization: null };
    }
    const pair = Buffer.from(`${access.consumerKey}:${access.consumerSecret}`).toString('base64');
    return { url, authorization: `Basic ${pair}` };
  }

  async function send(access: StoreAccess, call: RestCall<unknown>): Promise<Reply> {
    const method = call.method ?? 'GET';
    const { url, authorization } = target(access, call, method);
    try {
      const answer = await guardedRequest({
        url,
        method,
        headers: {
          accept: 'application/json',
          'user-agent': 'Trellis',
          ...(authorization === null ? {} : { authorization }),
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        timeoutMs: options.timeoutMs ?? 60_000,
        localStores: options.localStores,
      });
      return { verdict: judgeAnswer(answer, url), answer };
    } catch (error) {
      if (error instanceof AddressRefused)
        return {
          verdict: { kind: 'refusal', refusal: new PlatformRefusal('ADDRESS_REFUSED', error.message) },
          answer: null,
        };
      // Its message may name the address with the keys in it: only the kind of failure is kept.
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'network';
      const cause = overruns.has(code) ? 'overrun' : null;
      return { verdict: { kind: 'transient', reason: code, waitMs: null, cause }, answer: null };
    }
  }

  return async (known, call) => {
    const repeatable = (cause: 'busy' | 'overrun' | null): boolean =>
      (call.method ?? 'GET') !== 'POST' || (cause === 'busy' && call.repeatable === 'when-busy');
    let access = known;
    let reason = '';
    let advice: string | null = null;
    let waited = 0;
    let page = false;
    const tried = new Set<string>();
    // What a store does differently is found out once for each kind, and never goes round in a circle.
    const once = (what: string): boolean => {
      const first = !tried.has(what);
      tried.add(what);
      return first;
    };
    for (let attempt = 1; attempt <= maxTries;) {
      const { verdict, answer } = await send(access, call);
      if (verdict.kind === 'answer' && answer) return { ...parsed(call, verdict.json, answer, options.clock), access };
      // A login in place of the API: that it sends the other address on to itself is no move.
      if (verdict.kind === 'refusal')
        throw page && verdict.refusal.code === 'STORE_MOVED' ? noApi(true) : verdict.refusal;
      if (verdict.kind === 'clock' && once('clock')) {
        const skew = answer && skewOf(answer, options.clock);
        if (skew !== null) skews.set(access.address, skew);
        continue;
      }
      if (verdict.kind === 'no-api') {
        page ||= verdict.page;
        if (!once('permalinks')) throw noApi(page);
        access = { ...access, permalinks: access.permalinks === 'pretty' ? 'plain' : 'pretty' };
        continue;
      }
      if (verdict.kind === 'unauthorized' && access.address.startsWith('https:') && once('keys')) {
        access = { ...access, keysIn: access.keysIn === 'header' ? 'query' : 'header' };
        continue;
      }
      if (verdict.kind === 'unauthorized' || verdict.kind === 'clock')
        throw new PlatformAccessLost(
          'The store no longer accepts the keys that it gave Trellis: they were revoked, or whoever gave them may not manage the shop any more. Connect the store again.',
        );
      const { waitMs = null, cause = null } = verdict.kind === 'transient' ? verdict : {};
      reason = verdict.kind === 'transient' ? verdict.reason : verdict.kind;
      advice = (verdict.kind === 'transient' ? verdict.advice : null) ?? null;
      if (!repeatable(cause)) {
        const Failure = cause === 'overrun' ? StoreOverrun : PlatformUnavailable;
        throw new Failure(`The store could not answer: ${reason}`, waitMs ?? 30_000, advice);
      }
      const pause = waitMs ?? 500 * 2 ** (attempt - 1);
      waited += pause;
      if (waited > maxWaitMs) throw new PlatformUnavailable(`The store could not answer: ${reason}`, pause, advice);
      attempt += 1;
      if (attempt <= maxTries) await sleep(pause);
    }
    throw new PlatformUnavailable(`The store could not answer: ${reason}`, 30_000, advice);
  };
}

function skewOf(answer: GuardedAnswer, clock: Clock): number | null {
  const theirs = Date.parse(answer.header('date') ?? '');
  // What a cache hands out is dated when it was made. Source: RFC 9111, 5.1.
  const age = answer.header('age') ?? '0';
  if (!/^\d{1,9}$/.test(age)) return null;
  const skewMs = theirs + Number(age) * 1000 - clock.now().getTime();
  return Math.abs(skewMs) <= mostSkewMs ? skewMs : null;
}

function parsed<T>(call: RestCall<T>, json: unknown, answer: GuardedAnswer, clock: Clock): RestAnswer<T> {
  const read = call.answer.safeParse(json);
  if (!read.success) {
    const where = read.error.issues[0]?.path.join('.') ?? '';
    throw new PlatformRefusal('UNEXPECTED_ANSWER', `${call.route}: unexpected answer at ${where}`);
  }
  const total = Number(answer.header('x-wp-total') ?? Number.NaN);
  return {
    data: read.data,
    total: Number.isSafeInteger(total) && total >= 0 ? total : null,
    skewMs: skewOf(answer, clock),
  };
}

/** The same for the stores of shops. */
export function createRestClient(ask: AskStore, book: AccessBook): RestClient {
  return {
    async call(shop, request) {
      const access = await book.read(shop);
      const askWith = async (known: StoreAccess) => {
        const { access: used, ...answer } = await ask(known, request);
        if (used.permalinks !== known.permalinks || used.keysIn !== known.keysIn)
          await book.adapt(shop, { permalinks: used.permalinks, keysIn: used.keysIn });
        return answer;
      };
      try {
        return await askWith(access);
      } catch (error) {
        const newer = error instanceof PlatformAccessLost ? await book.lose(shop, access) : null;
        if (!newer) throw error;
        return askWith(newer);
      }
    },
  };
}
