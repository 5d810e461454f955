import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { z } from 'zod';
import { readShop } from '#app/domains/shops/index.ts';
import { bundlePage, type PageWriter } from '#app/flows/bundle-page.ts';
import { absenceOf, contentOf, pageLanguageOf } from '#app/flows/bundle-page-content.ts';
import { forgetPerson } from '#app/flows/customer-flows.ts';
import { disconnectStore } from '#app/flows/disconnect-store.ts';
import { noteReview, noteReviewGone } from '#app/flows/loyalty/shopper.ts';
import { makeSignInLink } from '#app/flows/plugin-sign-in.ts';
import { pluginNumbers } from '#app/flows/plugin-numbers.ts';
import { readPersonRewards } from '#app/flows/rewards-page/person.ts';
import type { PicksReader } from '#app/flows/rewards-page/picks.ts';
import type { CartAnswers } from '#app/flows/suggest-for-cart.ts';
import type { ShopScope } from '#app/infra/database.ts';
import type { Services } from '#app/infra/services.ts';
import { readPageAsk } from './bundle-page.ts';
import { cartUpsellHandler } from './cart-upsell.ts';
import type { OrderAnswerer } from './order-question.ts';
import { answerOrderPoints } from './order-points.ts';
import { readJson } from './read-json.ts';
import { answerReferral } from './woocommerce-referral.ts';
import { answerRewards } from './woocommerce-rewards.ts';
import { isReplay, pluginGuard, type PluginVariables, refuse } from './woocommerce-door.ts';

/** Calls a minute of one store: merchants look at numbers and sign in, shoppers look at products. */
const merchantLimit = 60;
const shopperLimit = 6_000;

/** A page of ours: WordPress' own users come from anywhere, but the link leads nowhere else. */
const target = z
  .string()
  .max(200)
  .regex(/^\/(?![/\\])[\w\-./?=&%]*$/)
  .catch('/');
/** Older plugins also send a login name, which nobody reads. */
const signIn = z.object({ to: target.default('/') });
/** PHP writes an empty object as a list. */
const nothing = z.union([z.strictObject({}), z.tuple([])]);
/** Who WordPress says is logged in: '' and 0 are guests. */
const customer = z
  .union([z.string().regex(/^\d{0,20}$/), z.number().int().nonnegative().transform(String)])
  .nullish()
  .transform((id) => (!id || /^0+$/.test(id) ? null : id));
/** Less than an address would be found in what is somebody else's. */
const person = z.object({
  customerId: customer,
  email: z
    .string()
    .max(320)
    .regex(/^[^\p{Cc}\s]+@[^\p{Cc}\s@]+$/u)
    .nullable(),
});
/** Orders are told of page by page. */
const forget = person.extend({ orderIds: z.array(z.string().regex(/^\d{1,20}$/)).max(100) });
const keptOf = person.extend({ locale: z.string().max(20) });
/** What the shopper pays in, where that is not the shop's currency and the store knows a rate. */
const presentment = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  rate: z.string().regex(/^\d{1,12}(?:\.\d{1,12})?$/),
});
const id = z.string().regex(/^[1-9]\d{0,19}$/);
const review = z.strictObject({ customerId: id, productId: id, stands: z.boolean().default(true) });

/** Where bundle pages stand in the store. */
const pathPrefix = '/trellis';

function limits({ cache }: Pick<Services, 'cache'>) {
  return createMiddleware<{ Variables: PluginVariables }>(async (c, next) => {
    const shopper = c.req.path.includes('/shopper/');
    const calls = await cache.increment(`plugin:${shopper ? 'shopper' : 'merchant'}:${c.get('shopId')}`, 60);
    if (calls > (shopper ? shopperLimit : merchantLimit))
      return refuse(c, 429, 'too-many-requests', 'Too many requests; try again in a minute.');
    await next();
    c.res.headers.set('cache-control', 'no-store');
    return undefined;
  });
}

/** What the plugin of a connected WooCommerce store asks, signed with the secret that it was given. */
export function woocommercePluginRoutes(
  services: Services,
  answers: { readonly cartAnswers: CartAnswers; readonly orders: OrderAnswerer; readonly picks: PicksReader },
): Hono<{ Variables: PluginVariables }> {
  const { cartAnswers, orders, picks } = answers;
  const app = new Hono<{ Variables: PluginVariables }>();
  app.use('*', pluginGuard(services));
  app.use('*', limits(services));

  app.get('/numbers', async (c) =>
    c.json(await pluginNumbers(services, c.get('shopId'), pageLanguageOf(c.req.query('locale') ?? ''))),
  );
  app.post('/sign-in', async (c) => {
    const asked = signIn.safeParse(readJson(c.get('body')));
    if (!asked.success) return refuse(c, 400, 'malformed', 'Say where to.');
    if (await isReplay(services, c.get('signature'))) return refuse(c, 401, 'replayed', 'This call was made before.');
    return c.json({ url: await makeSignInLink(services, c.get('shopId'), asked.data.to) });
  });
  app.post('/disconnect', async (c) => {
    if (!nothing.safeParse(readJson(c.get('body'))).success) return refuse(c, 400, 'malformed', 'Send {}.');
    if (await isReplay(services, c.get('signature'))) return refuse(c, 401, 'replayed', 'This call was made before.');
    await disconnectStore(services, c.get('shopId'));
    return c.json({ disconnected: true });
  });
  // WordPress' own tool erases somebody in the store: here they are the same person. Twice does no harm.
  app.post('/forget', async (c) => {
    const asked = forget.safeParse(readJson(c.get('body')));
    if (!asked.success) return refuse(c, 400, 'malformed', 'Say who is to be forgotten.');
    const erase = (scope: ShopScope) => forgetPerson(services, scope, asked.data);
    await services.db.inShop(c.get('shopId'), erase, { timeoutMs: 60_000 });
    return c.json({ forgotten: true });
  });
  // The same tool hands out what is kept of somebody.
  app.post('/person', async (c) => {
    const asked = keptOf.safeParse(readJson(c.get('body')));
    if (!asked.success) return refuse(c, 400, 'malformed', 'Say who is meant, and in which language.');
    const { customerId, email, locale } = asked.data;
    const named = { customerId, email, language: pageLanguageOf(locale) };
    return c.json({ groups: await readPersonRewards(services, c.get('shopId'), named) });
  });

  // A review stands, or none does any more: the store has looked at it, and knows whose it is. Twice does no harm.
  app.post('/review', async (c) => {
    const told = review.safeParse(readJson(c.get('body')));
    if (!told.success) return refuse(c, 400, 'malformed', 'Say who wrote it, and of which product.');
    const { stands, ...of } = told.data;
    if (!stands) {
      await noteReviewGone(services, c.get('shopId'), of);
      return c.json({ points: 0, reason: null });
    }
    const noted = await noteReview(services, c.get('shopId'), of);
    return c.json(noted.ok ? { points: noted.value.points, reason: null } : { points: 0, reason: noted.code });
  });

  app.get('/shopper/cart', async (c) => {
    const customerId = customer.safeParse(c.req.query('customer'));
    if (!customerId.success) return refuse(c, 400, 'malformed', 'customer must be an id.');
    const caller = { shopId: c.get('shopId'), customerId: customerId.data };
    return cartUpsellHandler(cartAnswers, () => caller)(c);
  });
  app.on('GET', ['/shopper/bundle', '/shopper/bundle/:name'], async (c) => {
    const language = pageLanguageOf(c.req.query('locale') ?? '');
    const ask = readPageAsk(c.req.param('name'), c.req.queries('items') ?? []);
    if (!ask) {
      const { storefrontUrl } = await services.db.inShop(c.get('shopId'), readShop);
      return c.json({ status: 400, index: false, ...absenceOf('malformed', storefrontUrl, language) });
    }
    const writer: PageWriter = {
      name: `content:${language}`,
      page: (view, store) => JSON.stringify(contentOf(view, store, language)),
      absence: (store) => JSON.stringify(absenceOf('not-found', store, language)),
    };
    const { currency, rate } = c.req.query();
    const foreign =
      currency === undefined && rate === undefined ? undefined : presentment.safeParse({ currency, rate });
    if (foreign?.success === false) return refuse(c, 400, 'malformed', 'Say a currency and its rate.');
    const asked = { ...ask, pathPrefix, ...(foreign ? { presentment: foreign.data } : {}) };
    const { text, status, index } = await bundlePage(services, c.get('shopId'), asked, writer);
    // The page is kept as the JSON that it is sent as.
    return c.body(`{"status":${String(status)},"index":${String(index)},${text.slice(1)}`, 200, {
      'content-type': 'application/json',
    });
  });
  app.post('/shopper/order-offers', async (c) => {
    const shopId = c.get('shopId');
    const answer = (await orders.mayAsk(shopId))
      ? await orders.answer(shopId, c.get('body'), customerOf)
      : orders.tooMany;
    return answer.ok ? c.json({ offer: answer.offer }) : refuse(c, answer.status, answer.code, answer.message);
  });
  app.post('/shopper/order-points', async (c) => {
    const sent = readJson(c.get('body'));
    const customerId = customerOf(sent);
    if (customerId === undefined) return refuse(c, 400, 'malformed', 'customerId must be an id.');
    const answer = await answerOrderPoints(services, c.get('shopId'), customerId, sent, '/?trellis_page=rewards');
    if (answer === null) return refuse(c, 400, 'malformed', 'Say which order, and in which language.');
    return answer === 'busy'
      ? refuse(c, 429, 'too-many-requests', 'Too many requests; try again in a minute.')
      : c.json(answer);
  });
  app.post('/shopper/rewards', async (c) => {
    const sent = readJson(c.get('body'));
    const customerId = customerOf(sent);
    if (customerId === undefined) return refuse(c, 400, 'malformed', 'customerId must be an id.');
    const page = await answerRewards(services, picks, { shopId: c.get('shopId'), customerId }, sent);
    if (page === null) return refuse(c, 400, 'malformed', 'Say who looks, in which language, and what was sent.');
    return page === 'busy'
      ? refuse(c, 429, 'too-many-requests', 'Too many requests; try again in a minute.')
      : c.json({ status: 200, index: false, ...page });
  });
  app.post('/shopper/referral', async (c) => {
    const sent = readJson(c.get('body'));
    const customerId = customerOf(sent);
    const page = customerId === undefined ? null : await answerReferral(services, c.get('shopId'), customerId, sent);
    return page === null
      ? refuse(c, 400, 'malformed', 'Say which code, and in which language.')
      : c.json({ index: false, ...page });
  });
  app.all('*', (c) => refuse(c, 404, 'not-found', 'There is nothing here.'));
  return app;
}

/** Undefined where what was sent is no customer. */
function customerOf(sent: unknown): string | null | undefined {
  const read = z.object({ customerId: customer }).safeParse(sent);
  return read.success ? read.data.customerId : undefined;
}
