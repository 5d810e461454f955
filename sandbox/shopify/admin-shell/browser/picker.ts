import type { PickerOptions } from './protocol.ts';

interface PickedVariant {
  readonly id: string;
  readonly title: string;
  readonly price: string;
}
interface PickedProduct {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly images: readonly { readonly originalSrc: string }[];
  readonly variants: readonly PickedVariant[];
}

/** The product picker of the admin; null when it was closed without choosing. */
export async function openPicker(base: string, options: PickerOptions): Promise<PickedProduct[] | null> {
  const dialog = document.getElementById('picker') as HTMLDialogElement;
  const list = document.getElementById('picker-list') as HTMLElement;
  const count = document.getElementById('picker-count') as HTMLElement;
  const search = document.getElementById('picker-search') as HTMLInputElement;
  const known = new Map<string, PickedProduct>();
  /** chosen variants by product, in the order of choosing */
  const chosen = new Map<string, Set<string>>();
  const preset = new Map(
    options.selection.map((entry) => [entry.id, entry.variants?.map((variant) => variant.id) ?? null]),
  );
  const limit = options.multiple === true ? Infinity : options.multiple === false ? 1 : options.multiple;

  const load = async (query: string): Promise<void> => {
    const ids = [...new Set([...preset.keys(), ...chosen.keys()])];
    const answer = await fetch(
      `${base}/bridge/products?query=${encodeURIComponent(query)}&ids=${encodeURIComponent(ids.join(','))}`,
    );
    const products = ((await answer.json()) as PickedProduct[]).filter(
      (product) => (options.draft || product.status !== 'DRAFT') && (options.archived || product.status !== 'ARCHIVED'),
    );
    for (const product of products) {
      known.set(product.id, product);
      const wanted = preset.get(product.id);
      if (wanted !== undefined) {
        chosen.set(product.id, new Set(wanted ?? product.variants.map((variant) => variant.id)));
        preset.delete(product.id);
      }
    }
    draw(products);
  };
  const toggle = (product: PickedProduct, ids: readonly string[], on: boolean): void => {
    const now = chosen.get(product.id) ?? new Set<string>();
    for (const id of ids) {
      if (on) now.add(id);
      else now.delete(id);
    }
    if (limit === 1 && on) chosen.clear();
    if (now.size === 0) chosen.delete(product.id);
    else if (chosen.has(product.id) || chosen.size < limit) chosen.set(product.id, now);
  };
  const draw = (products: readonly PickedProduct[]): void => {
    const row = (
      label: string,
      className: string,
      on: boolean,
      change: (on: boolean) => void,
      image: string | null,
    ): HTMLElement => {
      const element = Object.assign(document.createElement('label'), { className });
      const box = Object.assign(document.createElement('input'), { type: 'checkbox', checked: on });
      box.addEventListener('change', () => {
        change(box.checked);
        draw(products);
      });
      element.append(box);
      if (image !== null) element.append(Object.assign(document.createElement('img'), { src: image, alt: '' }));
      element.append(label);
      return element;
    };
    list.replaceChildren(
      ...products.flatMap((product) => {
        const now = chosen.get(product.id) ?? new Set<string>();
        const all = product.variants.map((variant) => variant.id);
        const head = row(
          product.title,
          'pick',
          now.size > 0,
          (on) => {
            toggle(product, all, on);
          },
          product.images[0]?.originalSrc ?? null,
        );
        if (!options.variants || product.variants.length < 2) return [head];
        return [
          head,
          ...product.variants.map((variant) =>
            row(
              `${variant.title} · ${variant.price}`,
              'pick variant',
              now.has(variant.id),
              (on) => {
                toggle(product, [variant.id], on);
              },
              null,
            ),
          ),
        ];
      }),
    );
    if (products.length === 0) list.textContent = 'No product has these words in its name.';
    count.textContent = `${chosen.size.toString()} selected`;
  };

  search.value = options.query;
  let timer = 0;
  search.oninput = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void load(search.value), 150);
  };
  dialog.returnValue = '';
  for (const button of dialog.querySelectorAll<HTMLButtonElement>('header button, footer button'))
    button.onclick = () => {
      dialog.close(button.value);
    };
  await load(options.query);
  dialog.showModal();
  search.focus();
  await new Promise((done) => {
    dialog.addEventListener('close', done, { once: true });
  });
  if (dialog.returnValue !== 'select') return null;
  return [...chosen].flatMap(([id, variants]) => {
    const product = known.get(id);
    return product === undefined
      ? []
      : [{ ...product, variants: product.variants.filter((variant) => variants.has(variant.id)) }];
  });
}
