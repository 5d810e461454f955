import type { Core } from '../core.ts';

/** A fixed set. Prices shown here are a preview: the discount Function decides. */
export function startFixed(set: HTMLElement, { attribute, each, formatMoney, show }: Core): void {
  const form = set.querySelector('form');
  if (!form) return;
  const picks = [...form.querySelectorAll<HTMLSelectElement>('select')];
  const chosen = (): string => picks.map((select) => select.value).join();
  const asRendered = chosen();
  form.addEventListener('change', () => {
    // Another variant may cost more or less: say the new price of the row and leave the set's to the cart.
    const format = attribute(set.closest('.trellis'), 'money');
    let before = 0;
    each<HTMLElement>(form, '[data-item]', (row) => {
      const id = row.querySelector<HTMLInputElement | HTMLSelectElement>('[data-id]');
      const quantity = Number(row.querySelector<HTMLInputElement>('[data-quantity]')?.value);
      const source = id instanceof HTMLSelectElement ? (id.selectedOptions[0] ?? null) : id;
      const price = Number(attribute(source, 'price')) * quantity;
      before += price;
      show(row, '[data-item-price]', formatMoney(price, format));
    });
    // One for each version of a price test.
    each(form, '.trellis-total', (total) => {
      const first = Number(attribute(total, 'before'));
      const saving = first - Number(attribute(total, 'after'));
      const after = chosen() === asRendered ? first - saving : before - Math.round((saving * before) / first);
      show(total, '[data-price-before]', formatMoney(before, format));
      show(total, '[data-price-after]', formatMoney(after, format));
    });
  });
}

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
    let best: Element | null = null;
    each(form, '[data-units]', (tier) => {
      if (Number(attribute(tier, 'units')) <= units) best = tier;
    });
    each<HTMLElement>(form, '[data-units]', (tier) => tier.setAttribute('aria-pressed', String(tier === best)));
  };
  watchVariant((id, theirs) => {
    const price = prices[id];
    if (price === undefined) return;
    const quantity = theirs.elements.namedItem('quantity');
    field = quantity instanceof HTMLInputElement ? quantity : null;
    if (own.value !== id) {
      own.value = id;
      each(form, '[data-units]', (tier) => {
        const [type, value] = [attribute(tier, 'type'), Number(attribute(tier, 'value'))];
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

/** The offer is for the variant that the shopper looks at. */
export function startChoice(set: HTMLElement, { attribute, each, watchVariant }: Core): void {
  watchVariant((id) => {
    each<HTMLInputElement>(set, '[data-own-ids]', (input) => {
      if (attribute(input, 'own-ids').split(',').includes(id)) input.value = id;
    });
  });
}
