import type { BridgeButton, FromApp } from './protocol.ts';

const style = `s-app-nav,ui-nav-menu,ui-title-bar,ui-save-bar{display:none!important}
ui-modal:not([data-open]),s-modal:not([data-open]){display:none!important}
ui-modal[data-open],s-modal[data-open]{display:block;position:fixed;inset:8vh max(12px,calc(50vw - 310px)) auto;max-height:80vh;overflow:auto;background:#fff;border-radius:12px;padding:16px;z-index:600;box-shadow:0 0 0 100vmax #0006}
ui-modal[data-open] ui-title-bar{display:flex!important;gap:8px;justify-content:flex-end}`;

const words = (element: Element): string => (element.textContent ?? '').trim();
const describe = (button: HTMLButtonElement): BridgeButton => ({
  label: words(button),
  disabled: button.disabled,
  loading: button.hasAttribute('loading'),
  main: button.getAttribute('variant') === 'primary',
});

export interface BridgeElements {
  showSaveBar(id: string): void;
  hideSaveBar(id: string): void;
  toggleSaveBar(id: string): void;
  pressSaveBar(which: 'save' | 'discard'): void;
  pressTitleButton(index: number): void;
  navigate(href: string): void;
}

/** Reads App Bridge's elements in the page and tells the shell of them, again whenever they change. */
export function observeElements(send: (message: FromApp) => void): BridgeElements {
  let openBar: string | null = null;
  let openForm: HTMLFormElement | null = null;
  const last = new Map<string, string>();
  const tell = (message: FromApp): void => {
    const text = JSON.stringify(message);
    if (last.get(message.type) === text) return;
    last.set(message.type, text);
    send(message);
  };
  const saveBarButtons = (): { save: HTMLButtonElement | null; discard: HTMLButtonElement | null } => {
    const bar = openBar === null ? null : document.getElementById(openBar);
    const buttons = [...(bar?.querySelectorAll('button') ?? [])];
    const save = buttons.find((button) => button.getAttribute('variant') === 'primary') ?? null;
    return { save, discard: buttons.find((button) => button !== save) ?? null };
  };
  const titleBar = (): Element | null =>
    [...document.querySelectorAll('ui-title-bar')].find((element) => element.closest('ui-modal') === null) ?? null;
  const titleButtons = (): HTMLButtonElement[] => [...(titleBar()?.querySelectorAll('button') ?? [])];

  const read = (): void => {
    const nav = document.querySelector('s-app-nav, ui-nav-menu');
    if (nav !== null)
      tell({
        type: 'nav',
        items: [...nav.querySelectorAll('[href]')]
          .filter((link) => link.getAttribute('rel') !== 'home')
          .map((link) => ({ label: words(link), href: link.getAttribute('href') ?? '/' })),
      });
    tell({
      type: 'title',
      // Without a title bar the admin shows the app's name alone: the page itself has its heading.
      title: titleBar()?.getAttribute('title') ?? null,
      buttons: titleButtons().map(describe),
    });
    const { save, discard } = saveBarButtons();
    const plain = (label: string, main: boolean): BridgeButton => ({ label, disabled: false, loading: false, main });
    const visible = openBar !== null || openForm !== null;
    tell({
      type: 'save-bar',
      visible,
      save: openForm !== null ? plain('Save', true) : save && describe(save),
      discard: openForm !== null ? plain('Discard', false) : discard && describe(discard),
    });
  };
  const start = (): void => {
    document.head.append(Object.assign(document.createElement('style'), { textContent: style }));
    new MutationObserver(read).observe(document.documentElement, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['title', 'href', 'disabled', 'loading', 'variant'],
    });
    read();
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();

  const savingForm = (event: Event): HTMLFormElement | null =>
    event.target instanceof Element ? event.target.closest<HTMLFormElement>('form[data-save-bar]') : null;
  document.addEventListener('input', (event) => {
    openForm = savingForm(event) ?? openForm;
    read();
  });
  for (const type of ['submit', 'reset'])
    document.addEventListener(type, (event) => {
      if (savingForm(event) !== null) openForm = null;
      read();
    });

  const set = (id: string | null): void => {
    openBar = id;
    read();
  };
  return {
    showSaveBar: set,
    hideSaveBar: (id) => {
      if (openBar === id) set(null);
    },
    toggleSaveBar: (id) => {
      set(openBar === id ? null : id);
    },
    pressSaveBar: (which) => {
      if (openForm !== null) {
        if (which === 'save') openForm.requestSubmit();
        else openForm.reset();
      } else saveBarButtons()[which]?.click();
    },
    pressTitleButton: (index) => titleButtons()[index]?.click(),
    navigate: (href) => {
      const known = [...document.querySelectorAll('s-app-nav [href], ui-nav-menu [href]')].find(
        (link) => link.getAttribute('href') === href,
      );
      const link = known ?? Object.assign(document.createElement('a'), { href, hidden: true });
      if (known === undefined) {
        link.setAttribute('href', href);
        document.body.append(link);
      }
      link.dispatchEvent(new CustomEvent('shopify:navigate', { bubbles: true, cancelable: true }));
      if (known === undefined) link.remove();
    },
  };
}
