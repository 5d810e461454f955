import { armIn } from '#app/shared/assignment.ts';
import type { StorefrontPublication } from '#app/platforms/platform.ts';

type Change = StorefrontPublication['changes'][number];

/** Words to put in a place, or a list to put first. */
interface Swap {
  readonly selector: string;
  readonly text?: string | undefined;
  readonly source?: string | undefined;
}

/** Something that the parser has left behind: before, what is put in would be mixed with what still comes. */
const isWhole = (element: Element): boolean => element.nextElementSibling !== null || document.readyState !== 'loading';

const hidden = '{display:none!important}';

/**
 * Shows the visitor the arms of running experiments and everybody what experiments decided, before anything is laid
 * out: what is hidden never takes space and no title is seen before another. A visitor without an id sees the store
 * as it stands and takes part in nothing. Marks the page with the arms, once, however many blocks ask: bundles whose
 * price is tested hold what each version says, and styles of theirs show that which the page is marked with. The
 * discount Function chooses by the same hash from the id that the embed writes into the cart.
 * @param later the id of somebody who agrees on this page and is charged their version from then on
 */
export function showArms(
  visitor: string | null,
  tests: StorefrontPublication['tests'] | null,
  changes: StorefrontPublication['changes'] | null,
  later: () => string | null,
): void {
  const root = document.documentElement;
  if (root.dataset['trellisArms'] !== undefined) return;
  const shown: Change[] = [...(changes ?? [])];
  const mark = (id: string | null, found: (change: Change) => unknown): void => {
    let arms = '';
    for (const test of (id && tests) || []) {
      const arm = armIn(String(id), test);
      if (!arm) continue;
      arms += ` ${test.id}:${arm.key}`;
      found({ subject: test.subject, change: arm.change });
    }
    root.dataset['trellisArms'] = arms.trim();
  };
  mark(visitor, (change) => shown.push(change));
  if (!visitor) document.addEventListener('trellis:visitor', () => mark(later(), Boolean));
  const swaps: Swap[] = [];
  let css = '';
  let bundles = '';
  for (const { subject, change } of shown) {
    const [type, id] = subject.split(':');
    const place = `[data-${type === 'bundle' ? type : 'trellis'}="${id}"]`;
    if (type === 'app') {
      if (change.hide) root.dataset['trellisHeld'] = '';
    } else if (change.place) {
      // The script that places it looks for 'top'; otherwise the other of the two places is left empty.
      root.dataset['trellisPlace'] = change.place;
      if (change.place !== 'top') css += `[data-trellis=${change.place === 'page' ? 'drawer' : 'cart'}]${hidden}`;
    } else if (change.hide) {
      css += `${place}${hidden}`;
      if (type === 'bundle') bundles += `:not(${place})`;
    } else if (change.title || change.source) {
      swaps.push({ selector: `${place}>:is(h2,h3)`, text: change.title, source: change.source });
    }
  }
  // A heading above nothing goes as well.
  if (bundles) css += `[data-trellis=bundle]:not(:has([data-bundle]${bundles}))${hidden}`;
  if (css) {
    const style = document.createElement('style');
    style.textContent = css;
    document.head.append(style);
  }
  if (swaps.length === 0) return;
  const swap = (): void => {
    for (const { selector, text, source } of swaps) {
      if (text)
        document.querySelectorAll(selector).forEach((title) => {
          if (title.textContent !== text && isWhole(title)) title.textContent = text;
        });
      if (source)
        document.querySelectorAll<HTMLTemplateElement>(`template[data-source=${source}]`).forEach((template) => {
          const block = template.closest('[data-trellis-surface]');
          const list = block?.querySelector('ul');
          if (!block || !list || !isWhole(template) || block.getAttribute('data-trellis-surface') === source) return;
          block.setAttribute('data-trellis-surface', source);
          list.replaceChildren(...[...list.children].slice(0, 1), template.content.cloneNode(true));
        });
    }
  };
  // Also for sections that the theme renders again, when another variant is chosen for example.
  new MutationObserver(swap).observe(root, { childList: true, subtree: true });
  document.addEventListener('readystatechange', swap);
}
