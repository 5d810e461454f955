import { formatMoney } from '#storefront/money.ts';
import { attribute, each, show } from '../page.ts';

interface Tier {
  units: number;
  /** basis points, or an amount in Liquid's unit */
  bps: number;
  off: number;
}

/** Steppers of a mix or a box: between `min` and `max` units, one progress, one button. */
export function startBox(set: HTMLElement): void {
  const form = set.querySelector('form');
  if (!form) return;
  const format = attribute(set.closest('.trellis'), 'money');
  const [min, max] = [+attribute(set, 'min'), +attribute(set, 'max')];
  const inputs = [...form.querySelectorAll<HTMLInputElement>('input[type=number]')];
  const text = attribute(form.querySelector('[data-progress-text]'), 'text');
  const count = (input: HTMLInputElement): number => Math.max(0, Math.min(+input.max, Math.floor(+input.value) || 0));

  const refresh = (): void => {
    let picked = 0;
    let before = 0;
    for (const input of inputs) {
      picked += count(input);
      before += count(input) * +attribute(input, 'price');
    }
    const full = picked >= min && picked <= max;
    let saving = 0;
    // Of the versions of a price test that which is in sight.
    const version = [...set.querySelectorAll('[data-tiers]')].find((one) => getComputedStyle(one).display !== 'none');
    for (const { units, bps, off } of JSON.parse(attribute(version ?? set, 'tiers')) as Tier[])
      if (full && picked >= units) saving = bps ? Math.round((before * bps) / 10_000) : Math.min(before, off);
    each<HTMLProgressElement>(form, 'progress', (bar) => (bar.value = picked));
    show(form, '[data-progress-text]', text.replace('#', String(picked)));
    show(form, '[data-price-before]', saving ? formatMoney(before, format) : '');
    show(form, '[data-price-after]', formatMoney(before - saving, format));
    each<HTMLButtonElement>(form, '[data-submit]', (button) => (button.disabled = !full));
    each<HTMLButtonElement>(form, '[data-step]', (step) => {
      const input = step.parentElement?.querySelector<HTMLInputElement>('[max]');
      const up = attribute(step, 'step') === '1';
      step.disabled = !input || (up ? picked >= max || count(input) >= +input.max : count(input) === 0);
    });
  };

  form.addEventListener('click', (event) => {
    const step = (event.target as Element).closest<HTMLButtonElement>('[data-step]');
    const input = step?.parentElement?.querySelector<HTMLInputElement>('[max]');
    if (!input) return;
    input.value = String(count(input) + Number(attribute(step, 'step')));
    refresh();
    // A button that can go no further must not take the keyboard's place with it.
    if (step?.disabled) input.focus();
  });
  form.addEventListener('change', (event) => {
    const input = event.target as HTMLInputElement;
    const others = inputs.reduce((sum, other) => sum + (other === input ? 0 : count(other)), 0);
    input.value = String(Math.min(count(input), max - others));
    refresh();
  });
  refresh();
}
