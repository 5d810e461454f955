import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { readBalances } from '#app/domains/ledger/index.ts';
import { pointsOf } from '#app/domains/loyalty/model.ts';
import { noteSellingPlans } from '#app/domains/shops/index.ts';
import processInbox from '#app/flows/process-inbox.ts';
import { createPlatforms } from '#app/platforms/create-platforms.ts';
import { type PlatformRecord, PlatformUnavailable } from '#app/platforms/platform.ts';
import { orderPayloadText } from '#tests/factories/order-payloads.ts';
import { createTestServices } from '#tests/setup/services.ts';
import { loyalShop, on, orderOf, saveCustomer } from './loyal-shop.ts';

it('points of an order that could not be read come with the next try of its webhook, once', async () => {
  let now = new Date();
  const answers: (PlatformRecord | Error)[] = [];
  const made = await createTestServices({
    clock: { now: () => now },
    platforms(dependencies) {
      const { shopify, ...others } = createPlatforms(dependencies);
      if (!shopify) throw new Error('no Shopify');
      const readOne = () => {
        const answer = answers.shift() ?? new Error('was not to be asked');
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      };
      return { ...others, shopify: { ...shopify, readOne } };
    },
  });
  try {
    const { shopId, inShop } = await loyalShop(made);
    await inShop(async (scope) => {
      await saveCustomer(made, scope, 'anna', on(-9));
      // So that the store is asked for each order.
      await noteSellingPlans(scope);
      await scope.tx.webhookInbox.create({
        data: {
          ...{ platform: 'shopify', deliveryId: randomUUID(), shopDomain: 'x', shopId, topic: 'orders/create' },
          body: orderPayloadText({ id: '7', customerId: '1', total: '80.00' }),
        },
      });
    });
    const work = async () => {
      const context = { services: made.services, attempt: 1, lastAttempt: true, signal: new AbortController().signal };
      await processInbox({ shopId }, context);
      return inShop(async (scope) => ({
        points: (await readBalances(scope, pointsOf('anna'))).available,
        steps: (await scope.tx.flowStep.findMany({ where: { shopId } })).map(({ step }) => step),
        left: await scope.tx.webhookInbox.count({ where: { shopId, status: 'pending' } }),
      }));
    };

    answers.push(new PlatformUnavailable('no answer', 1_000));
    expect(await work()).toEqual({ points: 0, steps: [], left: 1 });
    now = new Date(now.getTime() + 60_000);
    answers.push({ resource: 'orders', order: orderOf('7', 8_000) });
    expect(await work()).toMatchObject({ points: 80, left: 0 });
    now = new Date(now.getTime() + 3_600_000);
    expect(await work()).toMatchObject({ points: 80, left: 0 });
  } finally {
    await made.dispose();
  }
});
