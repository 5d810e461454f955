/**
 * A page is there to be seen and used before its script has run, and React hears nothing of what was done until then. What
 * was typed and chosen in the meantime, and the last button that was pressed, are remembered and done once it listens.
 */

interface Early {
  /** fields in the order in which they were used, with what stood in them then */
  readonly fields: Map<Element, string | boolean>;
  pressed: HTMLElement | null;
  stop(): void;
}
declare global {
  interface Window {
    trellisEarly?: Early;
  }
}

/** For the head of the page: it runs before anything can be touched, so it is written for a browser as it is. */
export const rememberEarlyInput = `(${String(remember)})()`;

function remember(): void {
  const fields: Early['fields'] = new Map();
  const onInput = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio'))
      fields.set(target, target.checked);
    else if (
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    )
      fields.set(target, target.value);
  };
  const onClick = ({ target, ctrlKey, metaKey, shiftKey }: MouseEvent): void => {
    // Asked to open elsewhere.
    if (ctrlKey || metaKey || shiftKey) return;
    const button = target instanceof Element ? target.closest<HTMLElement>('button, [role=tab]') : null;
    // Browsers send forms and follow links by themselves.
    if (button && !(button instanceof HTMLButtonElement && button.type === 'submit' && button.form))
      early.pressed = button;
  };
  const early: Early = {
    fields,
    pressed: null,
    stop() {
      document.removeEventListener('input', onInput, true);
      document.removeEventListener('click', onClick, true);
      // Whoever presses again has been heard by now, and is not heard twice.
      document.addEventListener('click', () => (early.pressed = null), { capture: true, once: true });
    },
  };
  window.trellisEarly = early;
  document.addEventListener('input', onInput, true);
  document.addEventListener('click', onClick, true);
}

/** From when React has begun: what comes now makes it finish at once, and it hears that. */
export const stopEarlyInput = (): void => window.trellisEarly?.stop();

/** Once React knows the whole page: does again what it has not heard. The second call does nothing. */
export function replayEarlyInput(): void {
  const early = window.trellisEarly;
  if (!early) return;
  delete window.trellisEarly;
  for (const [field, held] of early.fields) if (field.isConnected) replay(field, held);
  const { pressed } = early;
  if (pressed?.isConnected) pressed.click();
}

/**
 * React compares a field with what it last knew, which is what stands in it. Its own value is put back where React looks on,
 * and what was typed is set past React, as the browser does.
 */
function replay(field: Element, held: string | boolean): void {
  if (field instanceof HTMLInputElement && typeof held === 'boolean') {
    if (field.checked !== held) return;
    field.checked = !held;
    field.click();
  } else if (typeof held === 'string') {
    if (field instanceof HTMLInputElement && field.type === 'file') {
      // What was chosen is in it still; no script may name a file, and to take it out would lose it.
      field.dispatchEvent(new Event('change', { bubbles: true }));
    } else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      const { selectionStart, selectionEnd } = field;
      field.value = field.defaultValue;
      setPastReact(field, held);
      if (field === document.activeElement && selectionStart !== null)
        field.setSelectionRange(selectionStart, selectionEnd);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    } else if (field instanceof HTMLSelectElement) {
      field.value = held;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
}

function setPastReact(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype = field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value);
}
