/** Forms of ours that add to the cart. */
export const ourForm = 'form[action*="trellis=add"]';

/** The variation that the product's own form has chosen, or the product where it has none; told at once and at each change. */
export function watchVariant(changed: (id: string, form: HTMLFormElement) => void): void {
  const tell = (form: HTMLFormElement): void => {
    const fields = form as unknown as Record<string, HTMLInputElement | undefined>;
    const field = fields['variation_id'] ?? fields['add-to-cart'];
    // Until something is chosen it stands at 0.
    if (field && Number(field.value)) changed(field.value, form);
  };
  // WooCommerce tells its own change by an event that only jQuery hears; the field holds the choice by then.
  window.jQuery?.(document).on('found_variation', ({ target }) => tell(target as HTMLFormElement));
  document.querySelectorAll<HTMLFormElement>('form.cart').forEach(tell);
}
