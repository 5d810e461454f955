/** A row of the picker: a resource, or one variant of it. */
export interface PickerRow {
  readonly id: string;
  readonly variant: string | null;
  readonly label: string;
  readonly image: string | null;
  readonly onChange: (on: boolean) => void;
}

interface DrawnRow {
  readonly element: HTMLElement;
  readonly box: HTMLInputElement;
  readonly id: string;
  readonly variant: string | null;
}

export interface PickerList {
  /** Shows these rows. A row that was there stays the same element, so that it keeps its focus and a click on its way. */
  show(rows: readonly PickerRow[], none: string): void;
  /** Puts the ticks where `isOn` says. */
  tick(isOn: (id: string, variant: string | null) => boolean): void;
}

/** The rows of the picker inside `list`, which is emptied. */
export function createPickerList(list: HTMLElement): PickerList {
  list.replaceChildren();
  const empty = document.createElement('p');
  let drawn = new Map<string, DrawnRow>();

  const draw = (row: PickerRow): DrawnRow => {
    const element = Object.assign(document.createElement('label'), {
      className: row.variant === null ? 'pick' : 'pick variant',
    });
    const box = Object.assign(document.createElement('input'), { type: 'checkbox' });
    box.addEventListener('change', () => {
      row.onChange(box.checked);
    });
    element.append(box);
    if (row.image !== null) element.append(Object.assign(document.createElement('img'), { src: row.image, alt: '' }));
    element.append(row.label);
    return { element, box, id: row.id, variant: row.variant };
  };

  return {
    show(rows, none) {
      const next = new Map(
        rows.map((row) => {
          const key = `${row.id} ${row.variant ?? ''}`;
          return [key, drawn.get(key) ?? draw(row)] as const;
        }),
      );
      for (const [key, row] of drawn) if (!next.has(key)) row.element.remove();
      empty.remove();
      drawn = next;
      const focused = document.activeElement;
      // Each in its place; one that stands there already is not touched.
      [...next.values()].forEach(({ element }, index) => {
        const there = list.children[index];
        if (there !== element) list.insertBefore(element, there ?? null);
      });
      if (focused instanceof HTMLElement && focused !== document.activeElement && list.contains(focused))
        focused.focus();
      empty.textContent = none;
      if (next.size === 0) list.append(empty);
    },
    tick(isOn) {
      for (const { box, id, variant } of drawn.values()) box.checked = isOn(id, variant);
    },
  };
}
