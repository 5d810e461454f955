import type { CartState } from '../cart.ts';
import type { Core } from '../core.ts';

/**
 * Minor units of the shop's currency in Liquid's unit (hundredths) of the shopper's, rounded half up as the checkout
 * rounds what an offer promises.
 * @param from decimals of the shop's currency, `to` those of the shopper's
 */
export function presented(minor: number, rate: number, from: number, to: number): number {
  // Fifteen digits leave out what binary fractions take from a half.
  return Math.round(Number((minor * rate * 10 ** (to - from)).toPrecision(15))) * 10 ** (2 - to);
}

/** Says a bar that Liquid, which knows no rate, wrote in the shop's currency in the shopper's. */
function convert(panel: Element, rate: number, { attribute, each, formatMoney, show }: Core): void {
  const turn = (minor: string): number =>
    presented(Number(minor), rate, Number(attribute(panel, 'from')), Number(attribute(panel, 'to')));
  const say = (amount: number): string => formatMoney(amount, attribute(panel, 'money'));
  each(panel, '[data-at]', (tier) => {
    const at = turn(attribute(tier, 'at'));
    const off = attribute(tier, 'off');
    tier.setAttribute('data-at', String(at));
    show(tier, '.trellis-each', say(at));
    if (off) {
      const reward = attribute(tier, 'reward').replace('#', say(turn(off)));
      tier.setAttribute('data-reward', reward);
      show(tier, '.trellis-goal-reward', reward);
    }
    each<HTMLProgressElement>(panel, 'progress', (bar) => (bar.max = at));
  });
  panel.removeAttribute('data-from');
}

/** Brings a progress bar to what the cart holds now. A gift that is in the cart does not earn itself. */
export function updateGoals(panel: Element, cart: CartState, core: Core): void {
  const { attribute, each, formatMoney, show } = core;
  const rate = Number(window.Shopify?.currency?.rate);
  // Without a rate nothing can be promised: the bar stays out of sight.
  if (panel.hasAttribute('data-from') && rate > 0) convert(panel, rate, core);
  const gifts = attribute(panel, 'gifts').split(',');
  const lines = cart.items.filter((line) => !line.gift_card && !line.selling_plan_allocation);
  let sum = 0;
  for (const line of lines) sum += line.original_line_price;
  for (const id of new Set(gifts)) sum -= lines.find((line) => String(line.product_id) === id)?.price ?? 0;
  const bar = panel.querySelector('progress');
  if (bar) bar.value = Math.min(bar.max, sum);
  let next: Element | null = null;
  each(panel, '[data-at]', (tier) => {
    const reached = sum >= Number(attribute(tier, 'at'));
    tier.toggleAttribute('data-reached', reached);
    if (!reached) next ??= tier;
    const gift = attribute(tier, 'gift');
    const inside = lines.some((line) => String(line.product_id) === gift);
    each<HTMLElement>(tier, 'form', (form) => form.toggleAttribute('data-off', !reached || inside));
  });
  const text = panel.querySelector('[data-goal-text]');
  const words = next
    ? attribute(text, 'more')
        .replace('#', formatMoney(Number(attribute(next, 'at')) - sum, attribute(panel, 'money')))
        .replace('@', attribute(next, 'reward'))
    : attribute(text, 'done');
  show(panel, '[data-goal-text]', words);
}
