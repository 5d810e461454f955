import { contrastOf } from '#app/domains/notifications/index.ts';
import { escapeText } from './bundle-page-html.ts';
import type { MailChoices } from './mail-choices.ts';
import { type MailPageWords, mailPageWords } from './mail-page-words.ts';

type Page = 'choose' | 'stop' | 'stopped' | 'confirm' | 'confirmed';

export interface MailPage {
  readonly page: Page;
  readonly found: MailChoices;
  /** where the page's forms go: the address of the link itself */
  readonly token: string;
  readonly notice: 'saved' | 'confirm-sent' | null;
}

const style = (accent: string, onAccent: string, ground: string, onGround: string) => `<style>
*{box-sizing:border-box}body{margin:0;background:${ground};color:${onGround};font:1rem/1.5 system-ui,sans-serif}
main{max-width:36rem;margin:0 auto;padding:2rem 1rem 3rem}
.card{background:#fff;color:#1a1a1a;border-radius:12px;padding:1.5rem;margin:0 0 1rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .75rem}img{max-block-size:3rem;max-inline-size:15rem;margin:0 0 1.5rem}
fieldset{border:0;margin:0 0 1.25rem;padding:0}legend{padding:0;margin:0 0 1rem}
label{display:flex;gap:.75rem;padding:.75rem 0;border-top:1px solid #e3e3e3}label b{display:block}label span span{color:#5c5c5c}
input{inline-size:1.4rem;block-size:1.4rem;margin:.15rem 0 0;flex:none;accent-color:${accent}}
button{font:inherit;font-weight:600;min-block-size:2.75rem;padding:.6rem 1.5rem;border:2px solid transparent;border-radius:6px;background:${accent};color:${onAccent};cursor:pointer}
button.soft{background:#fff;color:#1a1a1a;border-color:#8a8a8a}
a{color:inherit}:focus-visible{outline:3px solid #005bd3;outline-offset:2px}
.notice{border-inline-start:4px solid #29845a;background:#e9f6ef;padding:.75rem 1rem;margin:0 0 1rem}.soft-text{color:#5c5c5c;margin:.5rem 0 0}
</style>`;

/** A page that a link of a mail leads to, in the merchant's branding and its reader's language. */
export function renderMailPage({ page, found, token, notice }: MailPage): string {
  const { language, topic } = found.link;
  const words = mailPageWords[language];
  const say = (text: string): string =>
    escapeText(
      text.replace(/\{(shop|topic)\}/g, (_whole, name) =>
        name === 'shop' ? found.shop.name : words.topics[topic ?? 'service'].name,
      ),
    );
  const form = (action: string, inside: string) =>
    `<form method="post" action="/mail/${action}/${escapeText(token)}">${inside}</form>`;
  const choose = `<p><a href="/mail/preferences/${escapeText(token)}">${say(words.choose)}</a></p>`;
  const bodies: Record<Page, () => string> = {
    choose: () => choicePage(found, words, say, form, notice),
    stop: () =>
      `<div class="card"><h1>${say(words.stopTitle)}</h1><p>${say(words.stopText)}</p>${form('unsubscribe', `<button name="page" value="1">${say(words.stop)}</button>`)}</div>${choose}`,
    stopped: () => `<div class="card" role="status"><h1>${say(words.stopped)}</h1></div>${choose}`,
    confirm: () =>
      `<div class="card"><h1>${say(words.confirmTitle)}</h1><p>${say(words.confirmText)}</p>${form('confirm', `<button>${say(words.confirm)}</button>`)}</div>`,
    confirmed: () => `<div class="card" role="status"><h1>${say(words.confirmed)}</h1></div>`,
  };
  const { settings, shop } = found;
  const head =
    settings.logoUrl === '' ? '' : `<img src="${escapeText(settings.logoUrl)}" alt="${escapeText(shop.name)}">`;
  const link = shop.url === '' ? '' : `<p><a href="${escapeText(shop.url)}">${say(words.toShop)}</a></p>`;
  return frame(language, say(words.title), settings, `${head}${bodies[page]()}${link}`);
}

function choicePage(
  { choices, silent }: MailChoices,
  words: MailPageWords,
  say: (text: string) => string,
  form: (action: string, inside: string) => string,
  notice: MailPage['notice'],
): string {
  const told =
    notice === null
      ? ''
      : `<p class="notice" role="status">${say(notice === 'saved' ? words.saved : words.confirmSent)}</p>`;
  if (silent)
    return `${told}<div class="card"><h1>${say(words.silent)}</h1>${form('preferences', `<button name="action" value="again">${say(words.again)}</button>`)}</div>`;
  const rows = choices.map(({ topic, on, blocked }) => {
    const { name, what } = words.topics[topic];
    return `<label><input type="checkbox" name="topic" value="${topic}"${on ? ' checked' : ''}${blocked ? ' disabled' : ''}><span><b>${say(name)}</b><span>${say(blocked ? words.blocked : what)}</span></span></label>`;
  });
  return `${told}<div class="card"><h1>${say(words.title)}</h1>${form('preferences', `<fieldset><legend>${say(words.intro)}</legend>${rows.join('')}</fieldset><button name="action" value="save">${say(words.save)}</button>`)}</div>
<div class="card">${form('preferences', `<button class="soft" name="action" value="none">${say(words.none)}</button><p class="soft-text">${say(words.noneText)}</p>`)}</div>`;
}

/** What whoever comes by a link that is none sees; it names no store. */
export function renderInvalidPage(language: keyof typeof mailPageWords): string {
  const words = mailPageWords[language];
  const plain = { colour: '#1A1A1A', background: '#F4F4F4' };
  return frame(
    language,
    escapeText(words.invalidTitle),
    plain,
    `<div class="card"><h1>${escapeText(words.invalidTitle)}</h1><p>${escapeText(words.invalidText)}</p></div>`,
  );
}

function frame(
  language: string,
  title: string,
  { colour, background }: { readonly colour: string; readonly background: string },
  body: string,
): string {
  const look = style(colour, contrastOf(colour), background, contrastOf(background));
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><link rel="icon" href="data:,">${look}</head><body><main>${body}</main></body></html>`;
}
