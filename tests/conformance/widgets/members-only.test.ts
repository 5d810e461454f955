import { beforeAll, expect, it } from 'vitest';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { buildPluginTemplates } from '#scripts/build-plugin.ts';
import { accessPages, besidePages } from './access-pages.ts';
import { byLiquid, byPhp } from './print-page.ts';

beforeAll(async () => {
  await buildExtensions();
  await buildPluginTemplates();
});

/** The day as each language writes it; whoever reads another one reads English. */
const days = {
  de: 'Ab 9. August 2999 für alle.',
  fr: 'Pour tous à partir du 9 août 2999.',
  es: 'Para todos desde el 9 de agosto de 2999.',
  ja: '2999年8月9日からどなたでもご購入いただけます。',
  it: 'Everybody can buy it from August 9, 2999.',
};

it('what pages say of products for members is byte for byte the same by Liquid and by PHP', () => {
  const printed = accessPages.map(byLiquid);
  for (const [index, html] of byPhp(accessPages).entries()) expect(html, accessPages[index]?.what).toBe(printed[index]);
  const shown = (what: string): string => {
    const at = accessPages.findIndex((page) => page.what === `access: ${what}`);
    expect(at, what).toBeGreaterThanOrEqual(0);
    return printed[at] ?? '';
  };
  expect(shown('guest en')).toContain('Reserved for members: Silver, Gold. Everybody can buy it from August 9, 2999.');
  for (const [language, day] of Object.entries(days)) expect(shown(`guest ${language}`), language).toContain(day);
  expect(shown('guest en')).toContain('Log in to buy it');
  expect(shown('guest en')).toContain('display:none');
  expect(shown('invited en')).toContain('Reserved for customers who are invited.');
  expect(shown('member en')).toContain('Reserved for you and others.');
  expect(shown('member en')).not.toContain('display:none');
  for (const what of ['another customer', 'a customer without keys', 'a part of a key']) {
    expect(shown(what), what).toContain('Reserved for members');
    expect(shown(what), what).not.toContain('Log in');
  }
  for (const what of ['everybody', 'over']) expect(shown(what).trim(), what).toBe('');
  for (const { what } of accessPages) expect(shown(what.slice('access: '.length)), what).not.toContain('<script');
});

it('what is kept for some is offered beside other products to them alone, by Liquid and by PHP alike', () => {
  const printed = besidePages.map(byLiquid);
  for (const [index, html] of byPhp(besidePages).entries()) expect(html, besidePages[index]?.what).toBe(printed[index]);
  const shown = (what: string) => printed[besidePages.findIndex((page) => page.what === what)] ?? '';
  const titles = (html: string) => ['Vase', 'Rug', 'Chair'].filter((title) => html.includes(title));
  const offers = (html: string) => ['with', 'without', 'mix'].filter((id) => html.includes(`data-bundle="${id}"`));
  for (const who of ['guest', 'another customer']) {
    expect(titles(shown(`list: ${who}`)), who).toEqual(['Rug', 'Chair']);
    expect(offers(shown(`offers: ${who}`)), who).toEqual(['without', 'mix']);
    expect(titles(shown(`offers: ${who}`)), who).toEqual(['Rug']);
  }
  for (const who of ['member', 'over']) {
    expect(titles(shown(`list: ${who}`)), who).toEqual(['Vase', 'Rug']);
    expect(offers(shown(`offers: ${who}`)), who).toEqual(['with', 'without', 'mix']);
    expect(titles(shown(`offers: ${who}`)), who).toEqual(['Vase', 'Rug']);
  }
});
