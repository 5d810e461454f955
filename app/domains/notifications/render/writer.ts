import { formatDecimal } from '#app/shared/money.ts';
import type { Language } from '../model.ts';
import type { Values, Writer } from '../template.ts';

/** Writes numbers, amounts and days as people of this language and zone do. */
export function createWriter(language: Language, zone: string): Writer {
  return {
    language,
    number: (value) => new Intl.NumberFormat(language).format(value),
    money: (minor, currency) =>
      new Intl.NumberFormat(language, { style: 'currency', currency }).format(Number(formatDecimal(minor, currency))),
    date: (value) =>
      new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: zone }).format(
        typeof value === 'string' ? new Date(value) : value,
      ),
  };
}

/** Puts values in for `{name}`; a name without a value stays away, and so does a space or comma that it leaves before it. */
export function fill(text: string, values: Values): string {
  return text.replace(/([ ,、，]*)\{(\w+)\}/g, (_whole, before: string, name: string) => {
    const value = values[name] ?? '';
    return value === '' ? '' : before + value;
  });
}
