import { againOf, mayReturn } from '#app/domains/recommendations/index.ts';
import { globals, products, type WidgetPage } from './pages.ts';

/** A page of a customer, and the products of its first list that are to be shown. */
interface CustomerPage extends WidgetPage {
  readonly shown: readonly number[];
}

const now = Date.now();
const day = 86_400_000;
const daysAgo = (days: number): Date => new Date(now - days * day);

const rhythms = {
  lasts: { repeatRate: 0.01, gapDays: 0 },
  'lasts, for most': { repeatRate: 0.04, gapDays: 100 },
  'is used up in a month': { repeatRate: 0.4, gapDays: 30 },
  'is used up in days': { repeatRate: 0.9, gapDays: 6 },
  'comes back at once': { repeatRate: 0.5, gapDays: 0 },
} as const;

/** Days ago on which the customer bought it; the latest order comes first. */
const histories: readonly (readonly number[])[] = [
  [],
  [0.01],
  [3.5],
  [5],
  [20],
  [22],
  [400],
  [1, 400],
  [90, 90.5],
  [60, 400],
];

/** An id that another id ends with, and one that it begins with, must not be taken for it. */
const neighbours = [12, 22, 32, 112];

const orderOf = (at: Date, ids: readonly number[], more: object = {}) => ({
  created_at: at.toISOString(),
  cancelled: false,
  line_items: ids.map((id) => ({ product_id: id })),
  ...more,
});

interface Asked {
  readonly what: string;
  readonly again: unknown;
  readonly customer: object | null;
  readonly keeps?: readonly string[];
  readonly shown: readonly number[];
  readonly maxItems?: number;
}

/** A product page whose list names the products 2, 3 and 4, of which 2 is what the customer may have. */
function productPage({ what, again, customer, keeps, shown, maxItems = 3 }: Asked): CustomerPage {
  const [own, candidate, ...others] = products;
  if (!own || !candidate) throw new Error('there are no products');
  const known = again === null ? {} : { again: { value: again } };
  const named = [{ ...candidate, metafields: { $app: known } }, ...others.slice(0, 2)];
  const page = globals({ ...own, metafields: { $app: { together: { value: named } } } }, {});
  return {
    what,
    shown,
    template: 'bought-together',
    settings: { product: page['product'], max_items: maxItems },
    globals: withKeeps({ ...page, customer }, keeps),
  };
}

function withKeeps(page: WidgetPage['globals'], keeps: readonly string[] | undefined): WidgetPage['globals'] {
  if (keeps === undefined) return page;
  const { $app } = (page['app'] as { metafields: { $app: { storefront: { value: object } } } }).metafields;
  return {
    ...page,
    app: { metafields: { $app: { ...$app, storefront: { value: { ...$app.storefront.value, keeps } } } } },
  };
}

const bought = (...days: readonly number[]) => ({
  orders: days.map((ago) => orderOf(daysAgo(ago), [...neighbours, 2, 2])),
});
const lasts = { days: 0, lasts: true };

/** Every rhythm with every history, by the app's own rule, and what else decides. */
export const customerPages: readonly CustomerPage[] = [
  ...Object.entries(rhythms).flatMap(([name, rhythm]) =>
    histories.map((days) => {
      const latest = days[0];
      const may = latest === undefined || mayReturn(rhythm, days.length, daysAgo(latest), new Date(now));
      return productPage({
        what: `${name}, bought ${days.join(' and ')} days ago`,
        again: againOf(rhythm),
        customer: bought(...days),
        shown: may ? [2, 3, 4] : [3, 4],
      });
    }),
  ),
  productPage({ what: 'a guest', again: lasts, customer: null, shown: [2, 3, 4] }),
  productPage({ what: 'a product that no training has seen', again: null, customer: bought(1), shown: [2, 3, 4] }),
  productPage({ what: 'the next one moves up', again: lasts, customer: bought(1), maxItems: 1, shown: [3] }),
  productPage({
    what: 'the merchant shows all',
    again: lasts,
    customer: bought(1),
    keeps: ['together'],
    shown: [2, 3, 4],
  }),
  productPage({
    what: 'the merchant shows all elsewhere',
    again: lasts,
    customer: bought(1),
    keeps: ['similar'],
    shown: [3, 4],
  }),
  productPage({
    what: 'a cancelled order',
    again: lasts,
    customer: { orders: [orderOf(daysAgo(1), [2], { cancelled: true })] },
    shown: [2, 3, 4],
  }),
  ...(
    [
      ['refunded', [2, 3, 4]],
      ['voided', [2, 3, 4]],
      ['partially_refunded', [3, 4]],
      ['paid', [3, 4]],
    ] as const
  ).map(([financial_status, shown]) =>
    productPage({
      what: `an order that is ${financial_status}`,
      again: lasts,
      customer: { orders: [orderOf(daysAgo(1), [2], { financial_status })] },
      shown,
    }),
  ),
  productPage({
    what: 'given back once and bought again',
    again: lasts,
    customer: { orders: [orderOf(daysAgo(1), [2]), orderOf(daysAgo(3), [2], { financial_status: 'refunded' })] },
    shown: [3, 4],
  }),
  productPage({
    what: 'orders in another order',
    again: { days: 30, lasts: false },
    customer: { orders: [orderOf(daysAgo(40), [2]), orderOf(daysAgo(3), [2])] },
    shown: [3, 4],
  }),
  productPage({
    what: 'neighbours of its number alone',
    again: lasts,
    customer: { orders: [orderOf(daysAgo(1), neighbours)] },
    shown: [2, 3, 4],
  }),
];
