/** Forms of ours that add to the cart. */
export const ourForm = 'form[action*="/cart/add"]';

/** The variant that the theme's own form has chosen, told at once and at each change. */
export function watchVariant(changed: (id: string, form: HTMLFormElement) => void): void {
  const tell = (form: HTMLFormElement | null | undefined): void => {
    if (!form || form.closest('.trellis')) return;
    const id = new FormData(form).get('id');
    if (typeof id === 'string') changed(id, form);
  };
  // A theme may send the event from anything, the document for example.
  document.addEventListener('change', ({ target }) => tell((target as Partial<Element>).closest?.(ourForm)));
  document.querySelectorAll<HTMLFormElement>(ourForm).forEach(tell);
}
