import type { Core } from '../core.ts';

/** Tick boxes, the choice of a variant and the running total. */
export function startTogether(block: HTMLElement, { attribute, each, formatMoney, watchVariant }: Core): void {
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

  const choose = (row: Element | null, select: HTMLSelectElement): void => {
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
  watchVariant((id) => {
    each<HTMLSelectElement>(form, 'li:first-child select', (select) => {
      if (select.value === id || ![...select.options].some((option) => option.value === id)) return;
      select.value = id;
      choose(select.closest('li'), select);
    });
    refresh();
  });
  // A browser that restores a form after "back" restores the ticks as well.
  refresh();
}
