import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type CodeTerms, type CodeWish, issueCodes, readCode } from '#app/domains/codes/index.ts';
import { readRun } from '#app/domains/activity/index.ts';
import guardCodes from '#app/flows/codes/guard-codes.ts';
import makeManyCodes from '#app/flows/codes/make-many-codes.ts';
import publishShopCodes from '#app/flows/codes/publish-codes.ts';
import sweepCodes from '#app/flows/codes/sweep-codes.ts';
import type { ShopId } from '#app/shared/ids.ts';
import { codeDiscountFunction } from '#extensions/code-discount/build.ts';
import { writeWhole } from '#extensions/compile-function.ts';
import type { TestServices } from '#tests/setup/services.ts';

/** The Function at the place where the sandbox's checkout looks for it. */
export async function buildCodeFunction(): Promise<void> {
  const path = join(import.meta.dirname, '../../../extensions/code-discount/dist/function.wasm');
  await writeWhole(path, await codeDiscountFunction());
}

export const off = { minSubtotalMinor: null, productIds: null } as const;
export const fiveOff: CodeTerms = { type: 'amount', minor: 500, ...off };

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
    guard: () => guardCodes({}, context),
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
