import { createPickerList } from './picker-list.ts';
import type { PickerOptions } from './protocol.ts';

interface PickedVariant {
  readonly id: string;
  readonly title: string;
  readonly price: string;
}
interface PickedResource {
  readonly id: string;
  readonly title: string;
  readonly status?: string;
  readonly images?: readonly { readonly originalSrc: string }[];
  readonly variants?: readonly PickedVariant[];
}

const words = {
  product: { title: 'Select products', search: 'Search products', none: 'No product has these words in its name.' },
  collection: {
    title: 'Select collections',
    search: 'Search collections',
    none: 'No collection has these words in its name.',
  },
} as const;

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;
const pictureOf = (resource: PickedResource): string | null => resource.images?.[0]?.originalSrc ?? null;
const variantIds = (resource: PickedResource): string[] => (resource.variants ?? []).map((variant) => variant.id);

/** The picker of the admin for products or collections; null when it was closed without choosing. */
export async function openPicker(base: string, options: PickerOptions): Promise<PickedResource[] | null> {
  const dialog = element<HTMLDialogElement>('picker');
  const count = element('picker-count');
  const search = element<HTMLInputElement>('picker-search');
  const list = createPickerList(element('picker-list'));
  const text = words[options.type];
  element('picker-title').textContent = text.title;
  element('picker-search-label').textContent = text.search;
  const known = new Map<string, PickedResource>();
  /** chosen variants by resource, in the order of choosing; a collection has none */
  const chosen = new Map<string, Set<string>>();
  const preset = new Map(
    options.selection.map((entry) => [entry.id, entry.variants?.map((variant) => variant.id) ?? null]),
  );
  const limit = options.multiple === true ? Infinity : options.multiple === false ? 1 : options.multiple;

  let asked = 0;
  const load = async (query: string): Promise<void> => {
    asked += 1;
    const question = asked;
    const ids = [...new Set([...preset.keys(), ...chosen.keys()])];
    const answer = await fetch(
      `${base}/bridge/${options.type}s?query=${encodeURIComponent(query)}&ids=${encodeURIComponent(ids.join(','))}`,
    );
    const found = ((await answer.json()) as PickedResource[]).filter(
      ({ status }) => (options.draft || status !== 'DRAFT') && (options.archived || status !== 'ARCHIVED'),
    );
    // What was typed meanwhile has an answer of its own.
    if (question !== asked) return;
    for (const resource of found) {
      known.set(resource.id, resource);
      const wanted = preset.get(resource.id);
      if (wanted !== undefined) {
        chosen.set(resource.id, new Set(wanted ?? variantIds(resource)));
        preset.delete(resource.id);
      }
    }
    show(found);
  };
  const tick = (): void => {
    list.tick((id, variant) => (variant === null ? chosen.has(id) : chosen.get(id)?.has(variant) === true));
    count.textContent = `${chosen.size.toString()} selected`;
  };
  const toggle = (resource: PickedResource, ids: readonly string[], on: boolean): void => {
    const now = new Set(chosen.get(resource.id));
    for (const id of ids) {
      if (on) now.add(id);
      else now.delete(id);
    }
    if (limit === 1 && on) chosen.clear();
    const empty = variantIds(resource).length === 0 ? !on : now.size === 0;
    if (empty) chosen.delete(resource.id);
    else if (chosen.has(resource.id) || chosen.size < limit) chosen.set(resource.id, now);
    tick();
  };
  const show = (found: readonly PickedResource[]): void => {
    list.show(
      found.flatMap((resource) => {
        const own = {
          id: resource.id,
          variant: null,
          label: resource.title,
          image: pictureOf(resource),
          onChange: (on: boolean) => {
            toggle(resource, variantIds(resource), on);
          },
        };
        const variants = resource.variants ?? [];
        if (!options.variants || variants.length < 2) return [own];
        return [
          own,
          ...variants.map((variant) => ({
            id: resource.id,
            variant: variant.id,
            label: `${variant.title} · ${variant.price}`,
            image: null,
            onChange: (on: boolean) => {
              toggle(resource, [variant.id], on);
            },
          })),
        ];
      }),
      text.none,
    );
    tick();
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
  clearTimeout(timer);
  if (dialog.returnValue !== 'select') return null;
  return [...chosen].flatMap(([id, variants]) => {
    const resource = known.get(id);
    if (resource === undefined) return [];
    return [
      resource.variants === undefined
        ? resource
        : { ...resource, variants: resource.variants.filter((variant) => variants.has(variant.id)) },
    ];
  });
}
