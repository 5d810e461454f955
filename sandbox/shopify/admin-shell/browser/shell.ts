import { askInDialog } from './dialog.ts';
import { openPicker } from './picker.ts';
import { requestScopes, revokeScopes } from './scopes.ts';
import { channel, type BridgeButton, type Envelope, type FromApp, type FromShell } from './protocol.ts';

/** The admin around the app: menu, title bar, save bar, toasts and the questions that App Bridge asks. */
const find = <T extends HTMLElement>(id: string): T | null => document.getElementById(id) as T | null;

const menu = document.querySelector<HTMLButtonElement>('button.menu');
menu?.addEventListener('click', () => {
  menu.setAttribute('aria-expanded', String(document.body.classList.toggle('menu-open')));
});
document.addEventListener('submit', (event) => {
  const question = event.target instanceof HTMLFormElement ? event.target.dataset['confirm'] : undefined;
  if (question !== undefined && !window.confirm(question)) event.preventDefault();
});

const frame = find<HTMLIFrameElement>('app-frame');
if (frame !== null) connect(frame);

function connect(frame: HTMLIFrameElement): void {
  const { base = '/admin', origin = '', appUrl = '' } = frame.dataset;
  const prefix = new URL(appUrl).pathname.replace(/\/$/, '');
  const send = (message: FromShell): void =>
    frame.contentWindow?.postMessage({ channel, message } satisfies Envelope<FromShell>, origin);
  let unsaved = false;

  const saveBar = find('save-bar');
  const save = find<HTMLButtonElement>('save-bar-save');
  const discard = find<HTMLButtonElement>('save-bar-discard');
  save?.addEventListener('click', () => {
    send({ type: 'save-bar-button', which: 'save' });
  });
  discard?.addEventListener('click', () => {
    send({ type: 'save-bar-button', which: 'discard' });
  });

  const dress = (button: HTMLButtonElement | null, from: BridgeButton | null): void => {
    if (button === null || from === null) return;
    button.textContent = from.loading ? `${from.label}…` : from.label;
    button.disabled = from.disabled || from.loading;
  };
  const mayLeave = async (): Promise<boolean> => {
    const dialog = find<HTMLDialogElement>('leave');
    return !unsaved || dialog === null || (await askInDialog(dialog)) === 'leave';
  };
  const current = (path: string): void => {
    for (const link of document.querySelectorAll('#app-nav a')) {
      const href = link.getAttribute('data-href') ?? '/';
      const here = href === '/' ? path === '/' || path.startsWith('/?') : path.startsWith(href);
      if (here) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  };
  let path = '/';

  const answer = async (
    message: Extract<FromApp, { type: 'request' }>,
  ): Promise<{ value: unknown; refused: boolean }> => {
    const get = async (url: string, method = 'GET'): Promise<unknown> => (await fetch(base + url, { method })).json();
    switch (message.what) {
      case 'idToken': {
        const given = (await get('/bridge/session-token', 'POST')) as { token?: string };
        return { value: given.token, refused: given.token === undefined };
      }
      case 'extensions':
        return { value: await get('/bridge/extensions'), refused: false };
      case 'scopes':
        return { value: await get('/bridge/scopes'), refused: false };
      case 'request-scopes':
        return { value: await requestScopes(base, message.scopes ?? []), refused: false };
      case 'revoke-scopes':
        return { value: await revokeScopes(base, message.scopes ?? []), refused: false };
      case 'leave':
        return { value: null, refused: !(await mayLeave()) };
      case 'picker':
        return {
          value: message.options === undefined ? null : await openPicker(base, message.options),
          refused: false,
        };
    }
  };

  window.addEventListener('message', (event: MessageEvent<Envelope<FromApp> | undefined>) => {
    if (event.origin !== origin || event.source !== frame.contentWindow || event.data?.channel !== channel) return;
    const { message } = event.data;
    switch (message.type) {
      case 'request':
        void answer(message).then(
          (given) => {
            send({ type: 'answer', id: message.id, ...given });
          },
          () => {
            send({ type: 'answer', id: message.id, value: null, refused: true });
          },
        );
        break;
      case 'nav': {
        const nav = find('app-nav');
        if (nav === null) break;
        const item = (label: string, href: string): HTMLAnchorElement => {
          const link = Object.assign(document.createElement('a'), {
            textContent: label,
            href: `${base}/apps/trellis${href === '/' ? '' : href}`,
          });
          link.dataset['href'] = href;
          link.addEventListener('click', (click) => {
            click.preventDefault();
            document.body.classList.remove('menu-open');
            send({ type: 'navigate', href });
          });
          return link;
        };
        nav.replaceChildren(item('Trellis', '/'), ...message.items.map(({ label, href }) => item(label, href)));
        current(path);
        break;
      }
      case 'title': {
        const title = find('app-title');
        if (title !== null)
          title.textContent = message.title === null || message.title === '' ? 'Trellis' : message.title;
        find('app-actions')?.replaceChildren(
          ...message.buttons.map((button, index) => {
            const element = Object.assign(document.createElement('button'), {
              type: 'button',
              className: `button${button.main ? ' main' : ''}`,
            });
            dress(element, button);
            element.addEventListener('click', () => {
              send({ type: 'title-button', index });
            });
            return element;
          }),
        );
        break;
      }
      case 'save-bar':
        unsaved = message.visible;
        if (saveBar !== null) saveBar.hidden = !message.visible;
        dress(save, message.save);
        dress(discard, message.discard);
        break;
      case 'toast':
        showToast(message);
        break;
      case 'toast-hide':
        document.querySelector(`[data-toast="${message.id}"]`)?.remove();
        break;
      case 'loading':
        find('progress')?.classList.toggle('on', message.on);
        break;
      case 'location':
        path = message.path.startsWith(prefix) ? message.path.slice(prefix.length) || '/' : message.path;
        history.replaceState(null, '', `${base}/apps/trellis${path === '/' ? '' : path}`);
        current(path);
        break;
      case 'open':
        if (message.newWindow) window.open(base + message.path, '_blank', 'noopener');
        else
          void mayLeave().then((yes) => {
            if (yes) location.assign(base + message.path);
          });
        break;
    }
  });

  // A link of the admin's own menu leaves the app.
  document.querySelector('.side')?.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.closest('#app-nav') !== null || !unsaved) return;
    event.preventDefault();
    void mayLeave().then((yes) => {
      if (yes) location.assign(link.href);
    });
  });

  function showToast(message: Extract<FromApp, { type: 'toast' }>): void {
    const toast = Object.assign(document.createElement('div'), {
      className: `toast${message.isError ? ' error' : ''}`,
    });
    toast.dataset['toast'] = message.id;
    toast.append(Object.assign(document.createElement('span'), { textContent: message.message }));
    const end = (event: 'action' | 'dismiss'): void => {
      toast.remove();
      send({ type: 'toast-event', id: message.id, event });
    };
    const button = (label: string, event: 'action' | 'dismiss'): void => {
      const element = Object.assign(document.createElement('button'), { type: 'button', textContent: label });
      element.addEventListener('click', () => {
        end(event);
      });
      toast.append(element);
    };
    if (message.action !== null) button(message.action, 'action');
    button('Dismiss', 'dismiss');
    find('toasts')?.append(toast);
    setTimeout(() => {
      if (toast.isConnected) end('dismiss');
    }, message.duration);
  }
}
