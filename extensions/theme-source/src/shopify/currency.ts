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

/**
 * Says a bar that Liquid, which knows no rate, wrote in the shop's currency in the shopper's. Without a rate nothing
 * can be promised: the bar stays out of sight.
 */
export function convertBar(panel: Element, { attribute, each, formatMoney, show }: Core): void {
  const rate = Number(window.Shopify?.currency?.rate);
  if (!panel.hasAttribute('data-from') || !(rate > 0)) return;
  const turn = (minor: string): number =>
    presented(Number(minor), rate, +attribute(panel, 'from'), +attribute(panel, 'to'));
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
