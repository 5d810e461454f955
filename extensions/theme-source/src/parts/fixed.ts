import { formatMoney } from '#storefront/money.ts';
import { attribute, each, show } from '../page.ts';

/** A fixed set. Prices shown here are a preview: the discount Function decides. */
export function startFixed(set: HTMLElement): void {
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
      const price = +attribute(source, 'price') * quantity;
      before += price;
      show(row, '[data-item-price]', formatMoney(price, format));
    });
    // One for each version of a price test.
    each(form, '.trellis-total', (total) => {
      const first = +attribute(total, 'before');
      const saving = first - +attribute(total, 'after');
      const after = chosen() === asRendered ? first - saving : before - Math.round((saving * before) / first);
      show(total, '[data-price-before]', formatMoney(before, format));
      show(total, '[data-price-after]', formatMoney(after, format));
    });
  });
}
