/** Providers that deliver every spelling of an address to one box. */
interface Provider {
  readonly domain: string;
  /** dots before the @ mean nothing */
  readonly dots?: true;
  /** what follows this sign before the @ is a label of the owner's */
  readonly label?: '+' | '-';
}

/**
 * Domains of one provider under its main name. Sources: help pages of the providers on aliases; Gmail ignores dots and
 * labels, Outlook, iCloud, Fastmail and Proton labels, Yahoo's disposable addresses put a hyphen behind the base name.
 */
const providers: Readonly<Record<string, Provider>> = {
  'gmail.com': { domain: 'gmail.com', dots: true, label: '+' },
  'googlemail.com': { domain: 'gmail.com', dots: true, label: '+' },
  'outlook.com': { domain: 'outlook.com', label: '+' },
  'hotmail.com': { domain: 'hotmail.com', label: '+' },
  'live.com': { domain: 'live.com', label: '+' },
  'icloud.com': { domain: 'icloud.com', label: '+' },
  'me.com': { domain: 'icloud.com', label: '+' },
  'mac.com': { domain: 'icloud.com', label: '+' },
  'proton.me': { domain: 'proton.me', dots: true, label: '+' },
  'protonmail.com': { domain: 'proton.me', dots: true, label: '+' },
  'pm.me': { domain: 'proton.me', dots: true, label: '+' },
  'fastmail.com': { domain: 'fastmail.com', label: '+' },
  'fastmail.fm': { domain: 'fastmail.com', label: '+' },
  'yahoo.com': { domain: 'yahoo.com', label: '-' },
  'ymail.com': { domain: 'ymail.com', label: '-' },
  'yandex.ru': { domain: 'yandex.ru', label: '+' },
  'yandex.com': { domain: 'yandex.ru', label: '+' },
  'ya.ru': { domain: 'yandex.ru', label: '+' },
};

/** Everywhere else a plus sign begins a label (RFC 5233), and dots are part of the name. */
const usual = { label: '+' } as const;

/** Boxes that whoever types an address shares with everybody: they say nothing about a person. */
const shared: ReadonlySet<string> = new Set(['noreply', 'no-reply', 'donotreply', 'none', 'guest', 'walkin', 'pos']);

/** One spelling for every address of a box, or null for what is no address of a person. */
export function normaliseEmail(text: string | null): string | null {
  const plain = (text ?? '').normalize('NFKC').trim().toLowerCase();
  const at = plain.lastIndexOf('@');
  const name = plain.slice(0, at);
  const domain = plain.slice(at + 1).replace(/\.$/, '');
  if (at < 1 || !/^[^\s@]+\.[^\s@.]{2,}$/.test(domain) || /\s/.test(name)) return null;
  const provider: Omit<Provider, 'domain'> & { readonly domain?: string } = providers[domain] ?? usual;
  const cut = provider.label ? name.indexOf(provider.label) : -1;
  const base = cut > 0 ? name.slice(0, cut) : name;
  const box = provider.dots ? base.replaceAll('.', '') : base;
  return box === '' || shared.has(box) ? null : `${box}@${provider.domain ?? domain}`;
}
