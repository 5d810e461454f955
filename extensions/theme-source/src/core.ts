import type { addLines, drawer } from './cart.ts';
import type { formatMoney } from './money.ts';
import type { attribute, each, show, watchVariant } from './page.ts';
import type { readVisitor } from './visitor.ts';

/** What the parts of the storefront script share, so that no helper is loaded twice. */
export interface Core {
  readonly addLines: typeof addLines;
  readonly drawer: typeof drawer;
  readonly formatMoney: typeof formatMoney;
  readonly attribute: typeof attribute;
  readonly each: typeof each;
  readonly show: typeof show;
  readonly readVisitor: typeof readVisitor;
  readonly watchVariant: typeof watchVariant;
}

/** A part of the script; `name` tells that it came twice, because two blocks of a page asked for it. */
export interface Part {
  readonly name: string;
  readonly start: (core: Core) => void;
}

declare global {
  interface Window {
    trellisParts?: { push(part: Part): unknown };
  }
}

/** Hands a part to the core, which may come before or after it: the order of deferred files is the theme's. */
export function register(name: string, start: Part['start']): void {
  (window.trellisParts ??= []).push({ name, start });
}
