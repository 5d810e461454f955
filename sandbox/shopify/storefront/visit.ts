import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { SandboxCustomer, SandboxStore } from '../model.ts';
import type { Cart, Carts } from './cart/cart.ts';

/** Languages of the theme and of our extension. */
export const languages = [
  { iso_code: 'en', endonym_name: 'English' },
  { iso_code: 'de', endonym_name: 'Deutsch' },
  { iso_code: 'fr', endonym_name: 'Français' },
  { iso_code: 'es', endonym_name: 'Español' },
  { iso_code: 'ja', endonym_name: '日本語' },
] as const;

const cookieOptions = { path: '/', sameSite: 'Lax', httpOnly: true } as const;

/** The language chosen with the switch; English at first. */
export function languageOf(c: Context): string {
  const chosen = getCookie(c, 'localization');
  return languages.some((language) => language.iso_code === chosen) ? (chosen ?? 'en') : 'en';
}

/** Keeps the language. An unknown one changes nothing. */
export function chooseLanguage(c: Context, code: string): void {
  if (languages.some((language) => language.iso_code === code)) setCookie(c, 'localization', code, cookieOptions);
}

/** What a merchant would choose in the theme editor; here the visitor of the sandbox does. */
const themeChoices = {
  cart_type: ['page', 'drawer', 'notification'],
  color_scheme: ['light', 'dark'],
} as const;

type ThemeSettings = Readonly<Record<string, string | readonly string[]>>;

/** The theme's settings, each with the values it can have. */
export function themeSettings(c: Context): ThemeSettings {
  const settings: Record<string, string | readonly string[]> = {};
  for (const [name, values] of Object.entries<readonly string[]>(themeChoices)) {
    const chosen = getCookie(c, `_theme_${name}`) ?? '';
    settings[name] = values.includes(chosen) ? chosen : (values[0] ?? '');
    settings[`${name}s`] = values;
  }
  return settings;
}

/** Keeps a setting of the theme. An unknown value changes nothing. */
export function chooseThemeSetting(c: Context, name: keyof typeof themeChoices, value: string): void {
  if ((themeChoices[name] as readonly string[]).includes(value)) setCookie(c, `_theme_${name}`, value, cookieOptions);
}

/** The customer who is logged in, if the store still has them. */
export function customerOf(c: Context, store: SandboxStore): SandboxCustomer | null {
  return store.customers.get(getCookie(c, '_sandbox_customer') ?? '') ?? null;
}

export function logIn(c: Context, customerId: string): void {
  setCookie(c, '_sandbox_customer', customerId, cookieOptions);
}

export function logOut(c: Context): void {
  setCookie(c, '_sandbox_customer', '', { ...cookieOptions, maxAge: 0 });
}

/** Carts that began in the request itself, whose cookie the browser does not send yet. */
const begun = new WeakMap<Request, Cart>();

/** The visitor's cart; a new one gets its cookie. */
export function cartOf(c: Context, carts: Carts): Cart {
  const known = knownCart(c, carts);
  if (known) return known;
  const made = carts.create();
  begun.set(c.req.raw, made);
  setCookie(c, 'cart', made.token, cookieOptions);
  return made;
}

/** The visitor's cart, or null where none was begun: looking at pages begins none. */
export function knownCart(c: Context, carts: Carts): Cart | null {
  return begun.get(c.req.raw) ?? carts.find(getCookie(c, 'cart'));
}

/** The cart has become an order. */
export function forgetCart(c: Context): void {
  setCookie(c, 'cart', '', { ...cookieOptions, maxAge: 0 });
}

/** A form field as text; a file or a missing field is empty. */
export function formText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** A path of this store to return to; anything that leads elsewhere becomes `fallback`. */
export function localPath(value: unknown, fallback: string): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : fallback;
}
