import { formatMoney } from '#storefront/money.ts';
import { watchVariant } from '#storefront/form.ts';
import { attribute, each, show } from '../page.ts';

/** Tick boxes, the choice of a variant and the running total. */
export function startTogether(block: HTMLElement): void {
  const form = block.querySelector('form');
  if (!form) return;
  const format = attribute(block, 'money');
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];

  const refresh = (): void => {
    let total = 0;
    for (const box of boxes) {
      if (box.checked) total += +attribute(box, 'price');
    }
    show(form, '[data-total]', formatMoney(total, format));
  };

  const choose = (select: HTMLSelectElement): void => {
    const row = select.closest('li') ?? form;
    const price = attribute(select.selectedOptions[0] ?? null, 'price');
    each<HTMLInputElement>(row, 'input[type=checkbox]', (box) => {
      box.value = select.value;
      box.setAttribute('data-price', price);
    });
    show(row, '[data-item-price]', formatMoney(+price, format));
    row.querySelector('.trellis-before')?.remove();
  };

  form.addEventListener('change', (event) => {
    const target = event.target;
    if (target instanceof HTMLSelectElement) choose(target);
    refresh();
  });
  // The theme's own variant picker decides which variant "this item" means.
  watchVariant((id) => {
    each<HTMLSelectElement>(form, 'li:first-child select', (select) => {
      if (select.value === id || !select.querySelector(`[value="${id}"]`)) return;
      select.value = id;
      choose(select);
    });
    refresh();
  });
  // A browser that restores a form after "back" restores the ticks as well.
  refresh();
}
