import { Hono } from 'hono';
import type { SignalBuffer } from '#app/domains/signals/index.ts';
import { createOrderOfferTaker } from '#app/flows/order-offer-take.ts';
import type { Services } from '#app/infra/services.ts';
import { extensionCors, extensionDoor, refuseExtension } from './extension-door.ts';
import type { OrderAnswerer } from './order-question.ts';
import { readBytes } from './read-bytes.ts';

const LARGEST_BODY = 16 * 1024;
/** A sealed ticket is about a kilobyte; an order of many lines makes it longer. */
const LONGEST_TICKET = 8 * 1024;
/** Clicks a minute on one button. */
const TICKET_LIMIT = 20;

/**
 * `POST /checkout/offers` asks what an order's pages show; the session token of the extension says which shop and,
 * where one is logged in, which customer asks. `GET /checkout/offers/:ticket` is the link of a button.
 */
export function orderOfferRoutes(services: Services, answerer: OrderAnswerer, signals: SignalBuffer): Hono {
  const take = createOrderOfferTaker(services, signals);
  const door = extensionDoor(services);

  return new Hono()
    .options('/checkout/offers', (c) => c.body(null, 204, extensionCors))
    .post('/checkout/offers', async (c) => {
      const caller = await door(c);
      if (caller instanceof Response) return caller;
      const { shopId } = caller;
      if (!(await answerer.mayAsk(shopId)))
        return refuseExtension(c, 429, answerer.tooMany.code, answerer.tooMany.message);
      const bytes = await readBytes(c.req.raw, LARGEST_BODY);
      if (!bytes) return refuseExtension(c, 413, 'too-large', 'Send at most 16 kB.');
      const answer = await answerer.answer(shopId, bytes, () => caller.customerId);
      if (!answer.ok) return refuseExtension(c, answer.status, answer.code, answer.message);
      const { offer } = answer;
      return c.json({ offer }, 200, { ...extensionCors, 'cache-control': 'no-store' });
    })
    .get('/checkout/offers/:ticket', async (c) => {
      const ticket = c.req.param('ticket');
      const tries = `order-offer-ticket:${services.secrets.hash(ticket, 'order offer ticket').slice(0, 24)}`;
      if (ticket.length > LONGEST_TICKET || (await services.cache.increment(tries, 60)) > TICKET_LIMIT)
        return c.text('Too many requests; try again in a minute.', 429, { 'retry-after': '60' });
      const taken = await take(ticket);
      if (!taken.ok && taken.code === 'try-again') return c.text(taken.message, 503, { 'retry-after': '60' });
      if (!taken.ok) return c.text(taken.message, 410);
      return c.redirect(taken.value, 303);
    });
}
