import type { Core } from '../core.ts';

/** Choosing a tier sets the quantity of the theme's form; where the theme has no such field, it adds that many. */
export function startBreaks(set: HTMLElement, { attribute, each, formatMoney, show, watchVariant }: Core): void {
  const form = set.querySelector('form');
  const own = form?.querySelector<HTMLInputElement>('[name=id]');
  if (!form || !own) return;
  const prices = JSON.parse(attribute(set, 'prices')) as Record<string, number>;
  const format = attribute(set.closest('.trellis'), 'money');
  let field: HTMLInputElement | null = null;

  const mark = (): void => {
    const units = Number(field?.value ?? 0);
    // One list for each version of a price test.
    each(form, 'ul', (list) => {
      let best: Element | null = null;
      each(list, '[data-units]', (tier) => {
        if (+attribute(tier, 'units') <= units) best = tier;
      });
      each(list, '[data-units]', (tier) => tier.setAttribute('aria-pressed', String(tier === best)));
    });
  };
  watchVariant((id, theirs) => {
    const price = prices[id];
    if (price === undefined) return;
    const quantity = theirs.elements.namedItem('quantity');
    field = quantity instanceof HTMLInputElement ? quantity : null;
    if (own.value !== id) {
      own.value = id;
      each(form, '[data-units]', (tier) => {
        const [type, value] = [attribute(tier, 'type'), +attribute(tier, 'value')];
        const each =
          type === 'percentage'
            ? price - Math.round((price * value) / 10_000)
            : type === 'amount'
              ? Math.max(0, price - value)
              : Math.min(price, value);
        show(tier, '[data-each]', formatMoney(each, format));
      });
    }
    mark();
  });
  document.addEventListener('input', mark);
  form.addEventListener('submit', (event) => {
    const units = attribute(event.submitter, 'units');
    if (!field || !units) return;
    event.preventDefault();
    field.value = units;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    mark();
  });
}
