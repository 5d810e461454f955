import { cartGround } from '../serving/cart-ground.ts';
import { makeCustomerVoice } from '../serving/make-customer-voice.ts';
import { makeVoices } from '../serving/make-voices.ts';
import type { ListRow } from '../version-store.ts';
import { askSources } from './blend.ts';
import { at, basketsOf } from './history.ts';
import { popularLength } from './popular-list.ts';
import { makeProductLists } from './product-lists.ts';
import { suggestBy } from './suggest.ts';
import type { Model } from './train-model.ts';

const perProduct = 20;
const perCustomer = 20;
/** A customer who has not come for so long is served like a new visitor. */
const activeDays = 365;
/** The most customers with a list of their own; the latest visitors first, fewer where a list takes longer to make. */
const mostCustomers = 20_000;
const mostCustomersTimesProducts = 200_000_000;

/** Everything that is stored of a model, one row after the other, products first. */
export function listRows(model: Model): { total: number; rows: Generator<ListRow> } {
  const { history } = model.parts;
  const products = history.items.map((_, item) => item).filter((item) => model.catalog[item] !== undefined);
  const last = history.basketAt.at(-1) ?? 0;
  const lastVisit = (customer: number) => at(history.basketAt, basketsOf(history, customer).at(-1) ?? 0);
  const customers = history.customers
    .map((_, customer) => customer)
    .filter(
      (customer) => basketsOf(history, customer).length > 0 && lastVisit(customer) >= last - activeDays * 86_400_000,
    )
    .sort((a, b) => lastVisit(b) - lastVisit(a) || a - b)
    .slice(0, Math.min(mostCustomers, Math.ceil(mostCustomersTimesProducts / Math.max(1, history.items.length))));
  return {
    total: products.length * 3 + customers.length * 2 + 2,
    rows: generate(model, products, customers, last + 1),
  };
}

function* generate(
  model: Model,
  products: readonly number[],
  customers: readonly number[],
  moment: number,
): Generator<ListRow> {
  const { history } = model.parts;
  const lists = makeProductLists(model);
  yield { surface: 'popular', subjectId: '', suggestions: lists.popular(popularLength) };
  for (const item of products) {
    const subjectId = history.items[item] ?? '';
    yield { surface: 'together', subjectId, suggestions: lists.together(item, perProduct) };
    yield { surface: 'similar', subjectId, suggestions: lists.similar(item, perProduct) };
  }
  yield* makeVoices(model, products);
  const { alone } = cartGround(model, 'cart');
  for (const customer of customers) {
    const subjectId = history.customers[customer] ?? '';
    const voices = askSources(model.parts, { surface: 'next', moment, customer, basket: [] });
    yield { surface: 'for-you', subjectId, suggestions: suggestBy(model, voices, perCustomer) };
    yield { surface: 'for-cart', subjectId, suggestions: [], voice: makeCustomerVoice(model, alone, voices) };
  }
}
