import { observeElements } from './elements.ts';
import { patchFetch } from './patch-fetch.ts';
import { channel, type Envelope, type FromApp, type FromShell, type PickerOptions } from './protocol.ts';

/** Stand-in for Shopify's App Bridge: the same `window.shopify`, spoken to the sandbox's admin shell. */
const script = document.currentScript;
const shellOrigin = script instanceof HTMLScriptElement ? new URL(script.src).origin : location.origin;
const embedded = window.parent !== window;
const send = (message: FromApp): void => {
  if (embedded) window.parent.postMessage({ channel, message } satisfies Envelope<FromApp>, shellOrigin);
};

const query = new URLSearchParams(location.search);
const remembered = (name: string): string => {
  const given = query.get(name);
  if (given !== null) sessionStorage.setItem(`app-bridge-${name}`, given);
  return given ?? sessionStorage.getItem(`app-bridge-${name}`) ?? '';
};
const config = {
  apiKey:
    document.querySelector<HTMLMetaElement>('meta[name="shopify-api-key"]')?.content ?? script?.dataset['apiKey'] ?? '',
  shop: remembered('shop'),
  host: remembered('host'),
  locale: remembered('locale') || 'en',
};

let requests = 0;
const open = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
type Request = Extract<FromApp, { type: 'request' }>;
type Ask = (what: Request['what'], more?: Pick<Request, 'options' | 'scopes'>) => Promise<unknown>;
const ask: Ask = (what, more) => {
  if (!embedded) return Promise.reject(new Error('App Bridge works inside the admin only'));
  requests += 1;
  const id = requests;
  const answer = new Promise((resolve, reject) => open.set(id, { resolve, reject }));
  send({ type: 'request', id, what, ...more });
  return answer;
};
const idToken = (): Promise<string> => ask('idToken') as Promise<string>;

interface ToastOptions {
  duration?: number;
  isError?: boolean;
  action?: string;
  onAction?: () => void;
  onDismiss?: () => void;
}
const toasts = new Map<string, ToastOptions>();
const elements = observeElements(send);

const pick = async (
  options: {
    type?: string;
    multiple?: boolean | number;
    query?: string;
    selectionIds?: PickerOptions['selection'];
    filter?: { variants?: boolean; draft?: boolean; archived?: boolean };
  } = {},
) => {
  if (options.type !== 'product' && options.type !== 'collection')
    throw new Error(`the sandbox's picker knows products and collections only, not ${options.type ?? 'nothing'}`);
  const wanted: PickerOptions = {
    type: options.type,
    multiple: options.multiple ?? false,
    query: options.query ?? '',
    selection: options.selectionIds ?? [],
    variants: options.filter?.variants ?? true,
    draft: options.filter?.draft ?? true,
    archived: options.filter?.archived ?? true,
  };
  const picked = (await ask('picker', { options: wanted })) as object[] | null;
  return picked === null ? undefined : Object.assign(picked, { selection: picked });
};

const modalElement = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`There is no modal with the id ${id}`);
  return element;
};
const modal = {
  show: async (id: string) => {
    modalElement(id).setAttribute('data-open', '');
    modalElement(id).dispatchEvent(new Event('show'));
  },
  hide: async (id: string) => {
    modalElement(id).removeAttribute('data-open');
    modalElement(id).dispatchEvent(new Event('hide'));
  },
  toggle: async (id: string) => (modalElement(id).hasAttribute('data-open') ? modal.hide(id) : modal.show(id)),
};

const shopify = {
  config,
  origin: shellOrigin,
  ready: Promise.resolve(),
  environment: { embedded, mobile: false, pos: false },
  idToken,
  user: async () => ({ accountAccess: 'full', email: `owner@${config.shop}` }),
  loading: (on = true) => {
    send({ type: 'loading', on });
  },
  toast: {
    show: (message: string, options: ToastOptions = {}) => {
      const id = `toast-${(toasts.size + 1).toString()}`;
      toasts.set(id, options);
      send({
        type: 'toast',
        id,
        message,
        isError: options.isError ?? false,
        action: options.action ?? null,
        duration: options.duration ?? 5000,
      });
      return id;
    },
    hide: (id: string) => {
      send({ type: 'toast-hide', id });
    },
  },
  saveBar: {
    show: async (id: string) => {
      elements.showSaveBar(id);
    },
    hide: async (id: string) => {
      elements.hideSaveBar(id);
    },
    toggle: async (id: string) => {
      elements.toggleSaveBar(id);
    },
    leaveConfirmation: async () => {
      await ask('leave');
    },
  },
  modal,
  resourcePicker: pick,
  app: { extensions: () => ask('extensions') },
  scopes: {
    query: () => ask('scopes'),
    request: (scopes: readonly string[]) => ask('request-scopes', { scopes }),
    revoke: (scopes: readonly string[]) => ask('revoke-scopes', { scopes }),
  },
  webVitals: { onReport: () => undefined },
  support: { registerHandler: async () => undefined },
};
Object.defineProperty(window, 'shopify', { value: shopify, configurable: true });
patchFetch(idToken);

window.addEventListener('message', (event: MessageEvent<Envelope<FromShell> | undefined>) => {
  if (event.origin !== shellOrigin || event.source !== window.parent || event.data?.channel !== channel) return;
  const { message } = event.data;
  if (message.type === 'answer') {
    const waiting = open.get(message.id);
    open.delete(message.id);
    if (message.refused) waiting?.reject(new Error('refused by the merchant'));
    else waiting?.resolve(message.value);
  } else if (message.type === 'navigate') elements.navigate(message.href);
  else if (message.type === 'title-button') elements.pressTitleButton(message.index);
  else if (message.type === 'save-bar-button') elements.pressSaveBar(message.which);
  else {
    const toast = toasts.get(message.id);
    if (message.event === 'action') toast?.onAction?.();
    else toast?.onDismiss?.();
  }
});

// The shell's address follows the app's.
const ownParameters = ['embedded', 'shop', 'host', 'locale', 'session', 'timestamp', 'id_token', 'hmac'];
const tell = (): void => {
  const url = new URL(location.href);
  for (const name of ownParameters) url.searchParams.delete(name);
  send({ type: 'location', path: url.pathname + url.search });
};
for (const method of ['pushState', 'replaceState'] as const) {
  const original = history[method].bind(history);
  history[method] = (...args: Parameters<History['pushState']>) => {
    original(...args);
    tell();
  };
}
window.addEventListener('popstate', tell);
tell();

/** Path in the admin that an address of the real admin stands for, or null. */
function adminPath(address: string): string | null {
  const url = new URL(address, location.href);
  if (url.protocol === 'shopify:') return `/${url.href.replace(/^shopify:\/*(admin\/?)?/, '')}`;
  if (url.host === config.shop && url.pathname.startsWith('/admin'))
    return url.pathname.slice('/admin'.length) + url.search;
  const store = /^\/store\/[^/]+(\/.*)?$/.exec(url.pathname);
  return url.host === 'admin.shopify.com' && store !== null ? (store[1] ?? '/') + url.search : null;
}
const nativeOpen = window.open.bind(window);
window.open = (address, target, features) => {
  const path = address === undefined ? null : adminPath(String(address));
  if (path === null) return nativeOpen(address, target, features);
  send({ type: 'open', path, newWindow: target === '_blank' });
  return null;
};
document.addEventListener(
  'click',
  (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    const path = link === null ? null : adminPath(link.getAttribute('href') ?? '');
    if (link === null || path === null) return;
    event.preventDefault();
    send({ type: 'open', path, newWindow: link.getAttribute('target') === '_blank' });
  },
  true,
);
