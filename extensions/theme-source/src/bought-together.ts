import { addToCart } from './cart.ts';
import { formatMoney } from './money.ts';
import { attribute, each } from './page.ts';

/** Tick boxes, the choice of a variant, the running total and one button that adds all. */
export function startTogether(block: HTMLElement): void {
  const form = block.querySelector('form');
  if (!form) return;
  const format = attribute(block, 'money');
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];

  const refresh = (): void => {
    let total = 0;
    for (const box of boxes) {
      if (box.checked) total += Number(attribute(box, 'price'));
    }
    const sum = form.querySelector('[data-total]');
    if (sum) sum.textContent = formatMoney(total, format);
  };

  const choose = (row: Element | null | undefined, select: HTMLSelectElement): void => {
    const price = attribute(select.selectedOptions[0] ?? null, 'price');
    const box = row?.querySelector<HTMLInputElement>('input[type=checkbox]');
    const shown = row?.querySelector('[data-item-price]');
    if (box) {
      box.value = select.value;
      box.setAttribute('data-price', price);
    }
    if (shown) shown.textContent = formatMoney(Number(price), format);
    row?.querySelector('.trellis-before')?.remove();
  };

  form.addEventListener('change', (event) => {
    const target = event.target;
    if (target instanceof HTMLSelectElement) choose(target.closest('li'), target);
    refresh();
  });
  // The theme's own variant picker decides which variant "this item" means.
  document.addEventListener('change', (event) => {
    const theirs = event.target instanceof Element ? event.target.closest('form[action*="/cart/add"]') : null;
    if (!theirs || theirs === form || block.contains(theirs)) return;
    const id = new FormData(theirs as HTMLFormElement).get('id');
    each<HTMLSelectElement>(form, 'li:first-child select', (select) => {
      if (![...select.options].some((option) => option.value === id)) return;
      select.value = typeof id === 'string' ? id : '';
      choose(select.closest('li'), select);
      refresh();
    });
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const lines = boxes
      .filter((box) => box.checked)
      .map((box) => ({
        id: box.value,
        quantity: 1,
        properties: { _trellis_source: attribute(block, 'trellis-surface') },
      }));
    const status = form.querySelector('[data-status]');
    if (lines.length === 0) {
      if (status) status.textContent = attribute(status, 'empty');
    } else void addToCart(block, form, lines);
  });
  // A browser that restores a form after "back" restores the ticks as well.
  refresh();
}
