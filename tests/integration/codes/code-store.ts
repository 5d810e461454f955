import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type CodeTerms, type CodeWish, issueCodes, readCode } from '#app/domains/codes/index.ts';
import { readRun } from '#app/domains/activity/index.ts';
import { recordDeliveries } from '#app/domains/inbox/index.ts';
import makeManyCodes from '#app/flows/codes/make-many-codes.ts';
import publishShopCodes from '#app/flows/codes/publish-codes.ts';
import renewCodeGuard from '#app/flows/codes/renew-code-guard.ts';
import sweepCodeGuards from '#app/flows/codes/sweep-code-guards.ts';
import sweepCodes from '#app/flows/codes/sweep-codes.ts';
import processInbox from '#app/flows/process-inbox.ts';
import type { Queue } from '#app/infra/jobs.ts';
import type { Services } from '#app/infra/services.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { codeDiscountFunction } from '#extensions/code-discount/build.ts';
import { writeWhole } from '#extensions/compile-function.ts';
import type { SandboxOrder, SandboxProduct } from '#sandbox/shopify/model.ts';
import { orderPayload } from '#sandbox/shopify/webhooks/order-payload.ts';
import { payloadJson } from '#sandbox/shopify/webhooks/payload-json.ts';
import { inventoryItemPayload, productPayload } from '#sandbox/shopify/webhooks/payloads.ts';
import type { TestServices } from '#tests/setup/services.ts';
import { testDomain, type TestStore } from '#tests/setup/shopify.ts';

/** The Function at the place where the sandbox's checkout looks for it. */
export async function buildCodeFunction(): Promise<void> {
  const path = join(import.meta.dirname, '../../../extensions/code-discount/dist/function.wasm');
  await writeWhole(path, await codeDiscountFunction());
}

export const off = { minSubtotalMinor: null, productIds: null } as const;
export const fiveOff: CodeTerms = { type: 'amount', minor: 500, ...off };

/** What a product costs, minor units. */
export const priceOf = (product: SandboxProduct): number => Math.round(Number(product.variants[0]?.price) * 100);

/** Products that anybody can buy many of, dear enough for a code of five. */
export const sellableIn = ({ sandbox }: TestStore): SandboxProduct[] =>
  [...sandbox.store.products.values()].filter(
    (one) =>
      one.status === 'ACTIVE' &&
      one.publishedAt !== null &&
      !one.isGiftCard &&
      priceOf(one) > 1_500 &&
      (one.variants[0]?.inventoryQuantity ?? 0) > 20,
  );

export type CodeDesk = ReturnType<typeof codeDesk>;

/** Issues codes in a shop and does what the jobs would. */
export function codeDesk({ services }: Pick<TestServices, 'services'>, shopId: ShopId) {
  const context = { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal };
  let issued = 0;
  return {
    /** Codes of sources of their own, all with the same terms. */
    async issue(terms: CodeTerms, more: Partial<CodeWish> = {}, count = 1): Promise<readonly string[]> {
      const now = services.clock.now();
      const wishes = Array.from({ length: count }, () => ({
        source: { kind: 'test', id: String((issued += 1)), purpose: '' },
        ...{ title: 'Reward', terms, customerId: null, uses: 1, startsAt: now, endsAt: null },
        ...more,
      }));
      const answers = await services.db.inShop(
        shopId,
        (scope) => issueCodes(scope, wishes, { now, random: randomBytes }),
        { timeoutMs: 60_000 },
      );
      return answers.map((answer) => {
        if (answer.outcome === 'taken') throw new Error('taken');
        return answer.code;
      });
    },
    /** of the latest code that was issued, or of a source */
    read: (id = String(issued)) =>
      services.db.inShop(shopId, (scope) => readCode(scope, { kind: 'test', id, purpose: '' })),
    publish: () => publishShopCodes({ shopId }, context),
    sweep: () => sweepCodes({}, context),
    sweepGuards: () => sweepCodeGuards({}, context),
    renewGuard: () => renewCodeGuard({ shopId }, context),
    run: (runId: string) => makeManyCodes({ shopId, runId }, context),
    readRun: (runId: string) => services.db.inShop(shopId, (scope) => readRun(scope, runId)),
  };
}

/** A visitor of a store: what is fetched with its cookies. */
export function visitorOf(origin: string) {
  const jar = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(new URL(path, origin), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return response;
  };
  return {
    get: (path: string) => send(path),
    json: async <T>(path: string): Promise<T> => (await (await send(path)).json()) as T,
    form: (path: string, fields: Record<string, string>) =>
      send(path, { method: 'POST', body: new URLSearchParams(fields) }),
    post: (path: string, body: unknown) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

export const buyer = {
  ...{ email: 'buyer@example.com', first_name: 'B', last_name: 'Buyer' },
  ...{ address: 'Road 1', zip: '10115', city: 'Berlin', card: '1' },
};

/** Somebody's cart with a product and a code, and what that takes off, minor units. */
export async function cartAt(
  origin: string,
  product: SandboxProduct,
  { code, login = null, quantity = 1 }: { code: string; login?: string | null; quantity?: number },
) {
  const visitor = visitorOf(origin);
  if (login !== null) await visitor.form('/account/login', { customer: login, email: login });
  await visitor.post('/cart/add.js', { id: product.variants[0]?.id, quantity });
  await visitor.form('/discount', { code });
  const cart = await visitor.json<{ original_total_price: number; total_price: number }>('/cart.js');
  return { visitor, off: cart.original_total_price - cart.total_price, total: cart.total_price };
}

/** An order's own message, with ids beyond what JavaScript's numbers hold. */
export const tellOrder = ({ test: { services }, sandbox }: TestStore, shopId: ShopId, order: SandboxOrder) =>
  tell(services, shopId, 'orders/updated', payloadJson(orderPayload(sandbox.store, order)));

/** A product's, and which jobs are asked for by it. */
export async function tellProduct(
  { test: { services }, sandbox }: TestStore,
  shopId: ShopId,
  product: SandboxProduct,
  topic: 'products/update' | 'inventory_items/update' = 'products/update',
) {
  const asked: string[] = [];
  const queue: Queue = {
    ...services.queue,
    enqueue: (job) => {
      asked.push(job.id);
      return Promise.resolve();
    },
  };
  const payload =
    topic === 'products/update'
      ? productPayload(product, sandbox.url)
      : inventoryItemPayload(product, product.variants[0]!);
  await tell({ ...services, queue }, shopId, topic, payloadJson(payload));
  return asked;
}

async function tell(services: Services, shopId: ShopId, topic: string, body: string): Promise<void> {
  await recordDeliveries(services.db.pool, [
    {
      platform: 'shopify',
      deliveryId: randomUUID(),
      shopDomain: testDomain,
      topic,
      apiVersion: '2026-10',
      triggeredAt: new Date(),
      body,
    },
  ]);
  await processInbox({ shopId }, { services, attempt: 1, lastAttempt: true, signal: new AbortController().signal });
}
