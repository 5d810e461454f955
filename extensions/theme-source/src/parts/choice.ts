import type { Core } from '../core.ts';

/** The offer is for the variant that the shopper looks at. */
export function startChoice(set: HTMLElement, { attribute, each, watchVariant }: Core): void {
  watchVariant((id) => {
    each<HTMLInputElement>(set, '[data-own-ids]', (input) => {
      if (attribute(input, 'own-ids').split(',').includes(id)) input.value = id;
    });
  });
}
