import type { EditorForm } from './form-state.ts';

/**
 * Switches what earns a gift. Products of the place that goes are laid aside rather than thrown away, so that a
 * merchant who only looks at the other choice loses nothing.
 */
export function withTrigger(form: EditorForm, trigger: EditorForm['trigger']): EditorForm {
  if (trigger === form.trigger) return form;
  if (trigger === 'buy') {
    const { items, collections } = form.aside;
    return { ...form, trigger, items: [...items, ...form.items], collections, aside: { items: [], collections: [] } };
  }
  return {
    ...form,
    trigger,
    items: form.items.filter((item) => item.role === 'gift'),
    collections: [],
    aside: { items: form.items.filter((item) => item.role !== 'gift'), collections: form.collections },
  };
}
