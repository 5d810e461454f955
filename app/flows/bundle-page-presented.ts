import { currenciesWithoutDecimals } from '#app/shared/money.ts';
import type { Presented } from './bundle-page-html.ts';
import { type PageVersion, type PageView, unitsOf } from './bundle-page-view.ts';
import type { PageWords } from './bundle-page-words.ts';
import type { LiquidWords } from './liquid-words.ts';

/** Shopify's Liquid finds no more products by their handles on one page. */
const mostProducts = 20;
const amountHere = '[amount]';

const priceOf = (variantId: string): string => `trellis_p${variantId}`;
const assign = (name: string, value: string): string => `{%- assign ${name} = ${value} -%}`;

/** Handles that can stand in Liquid's quotes, with the ids of their variants on the page; what is chosen at first leads. */
function productsOf({ slots }: PageView): Map<string, Set<string>> {
  const products = new Map<string, Set<string>>();
  const first = unitsOf(slots);
  const options = slots.flatMap((slot) => slot.options);
  for (const { handle, variantId } of [...options.filter((option) => first.has(option.variantId)), ...options]) {
    if (!/^[\p{L}\p{N}._-]+$/u.test(handle) || !/^\d+$/.test(variantId)) continue;
    products.set(handle, (products.get(handle) ?? new Set()).add(variantId));
  }
  return new Map([...products].slice(0, mostProducts));
}

/** Sums up prices of units under a name. */
function sumOf(name: string, units: readonly (readonly [variantId: string, quantity: number])[]): string[] {
  return [
    assign(name, '0'),
    ...units.flatMap(([variantId, quantity]) => [
      assign('trellis_cost', `${priceOf(variantId)} | times: ${String(quantity)}`),
      assign(name, `${name} | plus: trellis_cost`),
    ]),
  ];
}

/** What comes off in one version, rounded as the checkout rounds it: half up to the currency's smallest unit. */
function offOf(shares: NonNullable<PageVersion['shares']>, arm: number): string[] {
  const off = `trellis_off${String(arm)}`;
  return [
    assign(off, '0'),
    ...shares.flatMap(({ units, basisPoints, times }) => [
      ...sumOf(
        'trellis_gross',
        units.map(({ lineId, quantity }) => [lineId, quantity] as const),
      ),
      assign(
        'trellis_gross',
        `trellis_gross | times: ${String(basisPoints)} | plus: trellis_half | divided_by: trellis_divisor | times: trellis_unit | times: ${String(times)}`,
      ),
      assign(off, `${off} | plus: trellis_gross`),
    ]),
    assign(`trellis_after${String(arm)}`, `trellis_before | minus: ${off}`),
    `{%- capture trellis_save${String(arm)} -%}{{ ${off} | money | strip_html }}{%- endcapture -%}`,
  ];
}

/**
 * The page's prices for shoppers who pay in another currency: those that the store shows everywhere, by its own rate,
 * rounding and price lists, and shares of them taken off. An amount off is in the shop's currency, whose rate Liquid does
 * not know: there the cart says what comes off.
 */
export function presentedByStore(
  view: PageView,
  words: LiquidWords<PageWords>,
): { readonly presented: Presented; readonly definitions: string } {
  const products = productsOf(view);
  const known = new Set([...products.values()].flatMap((ids) => [...ids]));
  const chosen = [...unitsOf(view.slots)];
  const versions = [view, ...view.versions];
  const priced = chosen.every(([id]) => known.has(id));
  const without = currenciesWithoutDecimals.map((currency) => `'${currency}'`).join(', ');
  const definitions = [
    `{%- if cart.currency.iso_code and cart.currency.iso_code != '${view.currency}' -%}`,
    assign('trellis_foreign', 'true'),
    ...[...products].flatMap(([handle, ids]) => [
      assign('trellis_item', `all_products['${handle}']`),
      ...[...ids].flatMap((id) => [
        assign('trellis_variant', `trellis_item.variants | where: 'id', ${id} | first`),
        assign(priceOf(id), 'trellis_variant.price'),
      ]),
    ]),
    ...(priced
      ? [
          `{%- if ${chosen.map(([id]) => priceOf(id)).join(' and ')} -%}`,
          // Liquid's unit is a hundredth in every currency.
          assign('trellis_unit', '1'),
          `{%- case cart.currency.iso_code -%}{%- when ${without} -%}${assign('trellis_unit', '100')}{%- endcase -%}`,
          assign('trellis_divisor', 'trellis_unit | times: 10000'),
          assign('trellis_half', 'trellis_divisor | divided_by: 2'),
          ...sumOf('trellis_before', chosen),
          ...versions.flatMap(({ shares }, arm) => (shares ? offOf(shares, arm) : [])),
          '{%- endif -%}',
        ]
      : []),
    '{%- endif -%}',
  ].join('\n');
  const money = (name: string): string => `{{ ${name} | money }}`;
  const sum: Presented['sum'] = (arm) => {
    const { shares = null, afterMinor = view.beforeMinor } = versions[arm] ?? {};
    if (!priced) return '';
    const [off, after] = [`trellis_off${String(arm)}`, `trellis_after${String(arm)}`];
    const whole = words.print((each) => (shares === null && afterMinor < view.beforeMinor ? each.before : each.now));
    const alone = `<span>${whole} <strong>${money('trellis_before')}</strong></span>`;
    const save = words.name((each) => each.save(amountHere));
    const reduced = `<span>${words.print((each) => each.before)} <s>${money('trellis_before')}</s></span><span>${words.print((each) => each.now)} <strong>${money(after)}</strong></span><span>{{ ${save} | replace: '${amountHere}', trellis_save${String(arm)} }}</span>`;
    return `{% if trellis_before %}{% if ${off} and ${off} > 0 %}${reduced}{% else %}${alone}{% endif %}{% endif %}`;
  };
  return {
    definitions,
    presented: {
      either: (own, theirs) => `{% if trellis_foreign %}${theirs}{% else %}${own}{% endif %}`,
      option: (variantId, lead) =>
        known.has(variantId)
          ? `{% if ${priceOf(variantId)} %}${lead}{{ ${priceOf(variantId)} | money | strip_html }}{% endif %}`
          : '',
      sum,
    },
  };
}
