import { addToCart, type CartLine } from './cart.ts';
import { formatMoney } from './money.ts';
import { attribute, each } from './page.ts';

function properties(set: Element): Record<string, string> {
  return { _trellis_bundle: attribute(set, 'bundle'), _trellis_source: 'bundle' };
}

/** Wires every bundle in the block. Prices shown here are a preview: the discount Function decides. */
export function startBundles(block: HTMLElement): void {
  each<HTMLElement>(block, '[data-kind]', (set) => {
    (attribute(set, 'kind') === 'mix' ? startMix : startFixed)(block, set);
  });
}

function startFixed(block: HTMLElement, set: HTMLElement): void {
  const form = set.querySelector('form');
  if (!form) return;
  const variantPicks = [...form.querySelectorAll<HTMLSelectElement>('select')];
  const asRendered = variantPicks.map((select) => select.value).join();
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const lines: CartLine[] = [];
    each<HTMLElement>(form, '[data-item]', (row) => {
      const id = row.querySelector<HTMLInputElement>('[data-id]')?.value;
      const quantity = Number(row.querySelector<HTMLInputElement>('[data-quantity]')?.value);
      if (id) lines.push({ id, quantity, properties: properties(set) });
    });
    void addToCart(block, form, lines);
  });
  form.addEventListener('change', () => {
    // Another variant may cost more or less: say the new price of the row and leave the set's to the cart.
    const format = attribute(block, 'money');
    let before = 0;
    each<HTMLElement>(form, '[data-item]', (row) => {
      const id = row.querySelector<HTMLInputElement | HTMLSelectElement>('[data-id]');
      const quantity = Number(row.querySelector<HTMLInputElement>('[data-quantity]')?.value);
      const source = id instanceof HTMLSelectElement ? (id.selectedOptions[0] ?? null) : id;
      const price = Number(attribute(source, 'price')) * quantity;
      before += price;
      const shown = row.querySelector('[data-item-price]');
      if (shown) shown.textContent = formatMoney(price, format);
    });
    const total = form.querySelector('.trellis-total');
    const first = Number(attribute(total, 'before'));
    const saving = first - Number(attribute(total, 'after'));
    const same = variantPicks.map((select) => select.value).join() === asRendered;
    const after = same ? first - saving : before - Math.round((saving * before) / first);
    show(form, '[data-price-before]', formatMoney(before, format));
    show(form, '[data-price-after]', formatMoney(after, format));
  });
}

function startMix(block: HTMLElement, set: HTMLElement): void {
  const form = set.querySelector('form');
  if (!form) return;
  const format = attribute(block, 'money');
  const pick = Number(attribute(set, 'pick'));
  const inputs = [...form.querySelectorAll<HTMLInputElement>('input[type=number]')];
  const button = form.querySelector<HTMLButtonElement>('[data-submit]');
  const text = attribute(form.querySelector('[data-progress-text]'), 'text');
  const count = (input: HTMLInputElement): number =>
    Math.max(0, Math.min(Number(input.max), Math.floor(Number(input.value)) || 0));

  const refresh = (): void => {
    const picked = inputs.reduce((sum, input) => sum + count(input), 0);
    const before = inputs.reduce((sum, input) => sum + count(input) * Number(attribute(input, 'price')), 0);
    const bps = Number(attribute(set, 'bps'));
    const full = picked === pick;
    const saving = full
      ? bps
        ? Math.round((before * bps) / 10_000)
        : Math.min(before, Number(attribute(set, 'minor')))
      : 0;
    const progress = form.querySelector('progress');
    if (progress) progress.value = picked;
    show(form, '[data-progress-text]', text.replace('#', String(picked)));
    show(form, '[data-price-before]', saving ? formatMoney(before, format) : '');
    show(form, '[data-price-after]', formatMoney(before - saving, format));
    if (button) button.disabled = !full;
    each<HTMLButtonElement>(form, '[data-step]', (step) => {
      const input = step.parentElement?.querySelector('input');
      const up = attribute(step, 'step') === '1';
      step.disabled = !input || (up ? picked >= pick || count(input) >= Number(input.max) : count(input) === 0);
    });
  };

  form.addEventListener('click', (event) => {
    const step = event.target instanceof Element ? event.target.closest('[data-step]') : null;
    const input = step?.parentElement?.querySelector('input');
    if (!input) return;
    input.value = String(count(input) + Number(attribute(step, 'step')));
    refresh();
  });
  form.addEventListener('change', (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    const others = inputs.reduce((sum, other) => sum + (other === input ? 0 : count(other)), 0);
    input.value = String(Math.min(count(input), pick - others));
    refresh();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void addToCart(
      block,
      form,
      inputs
        .filter((input) => count(input) > 0)
        .map((input) => ({ id: attribute(input, 'id'), quantity: count(input), properties: properties(set) })),
    );
  });
  refresh();
}

function show(form: Element, selector: string, text: string): void {
  const place = form.querySelector(selector);
  if (place) place.textContent = text;
}
