import { timingSafeEqual } from 'node:crypto';
import type { Secrets } from '#app/infra/secrets.ts';
import type { ShopId } from '#app/shared/ids.ts';

interface Who {
  readonly shopId: ShopId;
  readonly customerId: string;
}

const dayMs = 86_400_000;
const tokenOn = (secrets: Secrets, { shopId, customerId }: Who, day: number): string =>
  secrets.hash(`${shopId}:${customerId}:${String(day)}`, 'rewards-form');

/** What a form of this customer carries, so that no page of somebody else can send it for them. */
export const formToken = (secrets: Secrets, who: Who, now: Date): string =>
  tokenOn(secrets, who, Math.floor(now.getTime() / dayMs));

/** Whether a form was made for this customer today or yesterday. */
export function isFormToken(secrets: Secrets, who: Who, now: Date, token: string): boolean {
  const day = Math.floor(now.getTime() / dayMs);
  return [day, day - 1].some((each) => {
    const [good, sent] = [Buffer.from(tokenOn(secrets, who, each)), Buffer.from(token)];
    return good.length === sent.length && timingSafeEqual(good, sent);
  });
}
