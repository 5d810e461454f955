import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '#app/infra/clock.ts';
import type { Config } from '#app/infra/config.ts';
import { PlatformAccessLost, PlatformRefusal, PlatformUnavailable, type ShopRef } from '#app/platforms/platform.ts';
import { apiVersion, shopOrigin } from '../origin.ts';
import { type Envelope, envelope, judgeErrors } from './answer.ts';
import { type Bucket, backoff, waitFor } from './cost.ts';
import type { AdminDocument } from './document.ts';

/** Where access tokens come from. */
export interface AccessTokens {
  /** @throws PlatformAccessLost when only a visit of the merchant can bring a token */
  read(shop: ShopRef): Promise<string>;
  /** The token was refused: the next `read` must bring another one. */
  reject(shop: ShopRef, token: string): Promise<void>;
}

export interface AdminClient {
  /**
   * Runs one operation and returns its parsed `data`.
   * @throws PlatformRefusal | PlatformUnavailable | PlatformAccessLost
   */
  run<Answer>(
    shop: ShopRef,
    document: AdminDocument<Answer>,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<Answer>;
}

interface ClientOptions {
  readonly config: Pick<Config, 'SHOPIFY_ORIGIN'>;
  readonly tokens: AccessTokens;
  readonly clock: Clock;
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
  readonly random?: () => number;
  readonly timeoutMs?: number;
}

const maxTries = 6;
/** A job should rather come back later than hold a worker for longer than this. */
const maxWaitMs = 30_000;

type Reply =
  | { readonly kind: 'answer'; readonly envelope: Envelope }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'throttled'; readonly waitMs: number }
  | { readonly kind: 'transient'; readonly reason: string };

/**
 * The Admin API with its three layers of errors (HTTP, `errors`, `userErrors`; the last is left to the caller,
 * who knows the payload) and its leaky bucket: the wait comes from the returned cost, per shop.
 */
export function createAdminClient(options: ClientOptions): AdminClient {
  const { config, tokens, clock } = options;
  const sleep = options.sleep ?? delay;
  const random = options.random ?? Math.random;
  const buckets = new Map<string, Bucket>();
  const costs = new Map<string, number>();

  async function send(shop: ShopRef, token: string, body: string): Promise<Reply> {
    let response: Response;
    try {
      response = await fetch(`${shopOrigin(config, shop.domain)}/admin/api/${apiVersion}/graphql.json`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-shopify-access-token': token },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(options.timeoutMs ?? 20_000),
      });
      if (response.status === 401) return { kind: 'unauthorized' };
      if (response.status === 429)
        return { kind: 'throttled', waitMs: Number(response.headers.get('retry-after') ?? 2) * 1000 || 2000 };
      if (response.status >= 500) return { kind: 'transient', reason: `HTTP ${response.status}` };
      if (response.status === 402 || response.status === 404 || response.status === 423)
        throw new PlatformAccessLost(
          `Shopify answers ${response.status}: the store is closed, frozen or no longer ours`,
        );
      if (!response.ok) throw new PlatformRefusal(`HTTP_${response.status}`, 'Shopify refused the request');
      return { kind: 'answer', envelope: envelope.parse(await response.json()) };
    } catch (error) {
      if (error instanceof PlatformAccessLost || error instanceof PlatformRefusal) throw error;
      // Network failures, time-outs and bodies that are cut off or no JSON: it may be better in a moment.
      return { kind: 'transient', reason: error instanceof Error ? error.name : 'network' };
    }
  }

  function remember(shop: ShopRef, document: string, answer: Envelope): void {
    const cost = answer.extensions?.cost;
    if (!cost) return;
    const { currentlyAvailable, maximumAvailable, restoreRate } = cost.throttleStatus;
    buckets.set(shop.shopId, {
      available: currentlyAvailable,
      maximum: maximumAvailable,
      restoreRate: Math.max(1, restoreRate),
      at: clock.now().getTime(),
    });
    if (cost.requestedQueryCost) costs.set(document, cost.requestedQueryCost);
  }

  function bucketWait(shop: ShopRef, document: string): number {
    const bucket = buckets.get(shop.shopId);
    return bucket ? waitFor(costs.get(document) ?? 1, bucket, clock.now().getTime()) : 0;
  }

  return {
    async run(shop, document, variables = {}) {
      const body = JSON.stringify({ query: document.text, variables });
      let reason = '';
      let waited = 0;
      let refusedTokens = 0;
      const pause = async (milliseconds: number) => {
        waited += milliseconds;
        if (waited > maxWaitMs) throw new PlatformUnavailable(`Shopify is busy (${document.name})`, milliseconds);
        if (milliseconds > 0) await sleep(milliseconds);
      };

      for (let attempt = 1; attempt <= maxTries; attempt += 1) {
        await pause(bucketWait(shop, document.name));
        const token = await tokens.read(shop);
        const reply = await send(shop, token, body);
        if (reply.kind === 'unauthorized') {
          refusedTokens += 1;
          await tokens.reject(shop, token);
          if (refusedTokens > 1) throw new PlatformAccessLost('Shopify no longer accepts our access token');
          continue;
        }
        if (reply.kind === 'throttled') {
          reason = 'HTTP 429';
          await pause(reply.waitMs);
          continue;
        }
        if (reply.kind === 'transient') {
          reason = reply.reason;
          if (!document.repeatable) break;
          await pause(backoff(attempt, random()));
          continue;
        }
        remember(shop, document.name, reply.envelope);
        const verdict = judgeErrors(reply.envelope);
        if (verdict === 'throttled') {
          reason = 'THROTTLED';
          await pause(Math.max(bucketWait(shop, document.name), 100));
          continue;
        }
        if (verdict === 'transient') {
          reason = 'internal error';
          if (!document.repeatable) break;
          await pause(backoff(attempt, random()));
          continue;
        }
        if (verdict !== 'fine') throw verdict.refusal;
        const parsed = document.answer.safeParse(reply.envelope.data);
        if (!parsed.success) {
          const where = parsed.error.issues[0]?.path.join('.') ?? '';
          throw new PlatformRefusal('UNEXPECTED_ANSWER', `${document.name}: unexpected answer at ${where}`);
        }
        return parsed.data;
      }
      throw new PlatformUnavailable(`Shopify could not answer ${document.name}: ${reason}`, 30_000);
    },
  };
}
