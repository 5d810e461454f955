import { convertBar } from '#storefront/currency.ts';
import type { CartState } from '../cart.ts';
import type { Core } from '../core.ts';

/** Brings a progress bar to what the cart holds now. A gift that is in the cart does not earn itself. */
export function updateGoals(panel: Element, cart: CartState, core: Core): void {
  const { attribute, each, formatMoney, show } = core;
  convertBar(panel, core);
  const gifts = attribute(panel, 'gifts').split(',');
  const lines = cart.items.filter((line) => !line.gift_card && !line.selling_plan_allocation);
  let sum = 0;
  for (const line of lines) sum += line.original_line_price;
  for (const id of new Set(gifts)) sum -= lines.find((line) => String(line.product_id) === id)?.price ?? 0;
  const bar = panel.querySelector('progress');
  if (bar) bar.value = Math.min(bar.max, sum);
  let next: Element | null = null;
  each(panel, '[data-at]', (tier) => {
    const reached = sum >= +attribute(tier, 'at');
    tier.toggleAttribute('data-reached', reached);
    if (!reached) next ??= tier;
    const gift = attribute(tier, 'gift');
    const inside = lines.some((line) => String(line.product_id) === gift);
    each<HTMLElement>(tier, 'form', (form) => form.toggleAttribute('data-off', !reached || inside));
  });
  const text = panel.querySelector('[data-goal-text]');
  const words = next
    ? attribute(text, 'more')
        .replace('#', formatMoney(+attribute(next, 'at') - sum, attribute(panel, 'money')))
        .replace('@', attribute(next, 'reward'))
    : attribute(text, 'done');
  show(panel, '[data-goal-text]', words);
}
