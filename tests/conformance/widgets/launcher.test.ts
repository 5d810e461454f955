import { beforeAll, describe, expect, it } from 'vitest';
import { isHeldOut } from '#app/shared/assignment.ts';
import { buildExtensions } from '#scripts/build-extensions.ts';
import { buildPluginTemplates } from '#scripts/build-plugin.ts';
import { hostileTexts } from '#tests/factories/hostile-texts.ts';
import { launcherPages } from './launcher-pages.ts';
import { byLiquid, byPhp } from './print-page.ts';

beforeAll(async () => {
  await buildExtensions();
  await buildPluginTemplates();
});

/** The words of a page, without its marks and scripts. */
const words = (html: string): string =>
  html
    .replaceAll(/<script.*?<\/script>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

const shown = (what: string): string => {
  const page = launcherPages.find((one) => one.what === what);
  if (!page) throw new Error(`no page is called ${what}`);
  return byLiquid(page);
};

describe('the panel of the launcher', () => {
  it('is byte for byte the same by Liquid and by PHP', () => {
    for (const [index, html] of byPhp(launcherPages).entries()) {
      const page = launcherPages[index];
      expect(html, page?.what).toBe(page && byLiquid(page));
    }
  });

  it('has the same elements whatever the merchant calls things', () => {
    const elementsOf = (html: string) =>
      [...html.replaceAll(/<script.*?<\/script>/gs, '').matchAll(/<[^>]*>/g)].map(([element]) =>
        element.replaceAll(/"[^"]*"/g, '""'),
      );
    for (const who of ['guest', 'member']) {
      const plain = elementsOf(shown(`${who}: plain`));
      for (const [why] of hostileTexts) expect(elementsOf(shown(`${who}: ${why}`)), why).toEqual(plain);
    }
  });

  it('opens without a script: a button of the browser’s own, closed at first', () => {
    const html = shown('member: en');
    expect(html).toMatch(/<details>\s*<summary [^>]*>Your rewards · 450 points<\/summary>/);
    expect(html.replaceAll(/<script>\(\(\)=>.*?<\/script>/gs, '')).not.toContain('<script');
  });

  it.each([
    ['a member', 'member: en', 'Your balance 450 points Your level: Silver On the way to Gold: 700 / 2000 points'],
    [
      'a guest',
      'guest: en',
      'Earn points with every order and turn them into savings. You get 50 points when you create',
    ],
    ['who is asked to join', 'nothing told, who wants joins', 'turn them into savings. Join now Rewards'],
    ['who is asked to join and holds an offer', 'invited only', 'turn them into savings. Join now Rewards'],
    ['who joins by ordering', 'nothing told', 'from your next order on. You can also begin now. Join now Rewards'],
    ['who joined', 'joined', 'Your balance 5 points'],
    ['who joined and has nothing yet', 'joined, with nothing yet', 'Your balance 0 points On the way to Silver'],
    ['a debt', 'balance -5', 'Your rewards Your balance -5 points'],
    ['one point', 'balance 1', 'Your rewards · 1 point Your balance 1 point '],
    ['in the highest level', 'the highest level', 'Your level: Gold Rewards'],
    ['below what the level asks for', 'less than the level asks for', 'Your level: Silver Rewards'],
    ['without a level', 'no level yet', 'Your balance 5 points On the way to Silver: 499 / 500 points'],
    ['by money', 'level by money', 'On the way to Gold: €60,00 / €123,45'],
    ['by yen', 'level by money in yen', 'On the way to Gold: ¥6,000 / ¥12,345'],
    ['who has more than the level asks for', 'more than the level asks for', 'Your balance 5 points Rewards'],
    ['in another currency', 'level by money, paid in another', 'On the way to Gold: 48 %'],
    ['nothing earns', 'nothing earns', '1600 points 1150 points to go All rewards'],
  ])('says to %s what is theirs', (_who, what, said) => {
    expect(words(shown(what))).toContain(said);
  });

  it.each([
    ['the cheapest three', 'guest: en', ['200', '400', '800'], []],
    ['what it pays for and the next two', 'balance 401', ['400', '800', '1600'], ['400']],
    ['the first ones for less', 'balance 199', ['200', '400', '800'], []],
    ['the first one as soon as it pays for it', 'balance 200', ['200', '400', '800'], ['200']],
    ['the last three for much', 'balance 99999', ['800', '1600', '3200'], ['800', '1600', '3200']],
    ['all where there are two', 'two rewards', ['200', '400'], ['200', '400']],
    ['none where there are none', 'no rewards', [], []],
  ])('lists the nearest rewards: %s', (_rule, what, listed, reached) => {
    const html = shown(what);
    expect([...html.matchAll(/<span>Reward (\d+) /g)].map(([, cost]) => cost)).toEqual(listed);
    expect([...html.matchAll(/aria-label="Redeem: Reward (\d+)"/g)].map(([, cost]) => cost)).toEqual(reached);
  });

  it('says how to earn, as far as its words and the shopper’s money go', () => {
    const earn = 'How to earn points 3 points for every €2,00 that you spend For your first order +100 points';
    expect(words(shown('guest: en'))).toContain(`${earn} For a review +1 point Levels`);
    expect(words(shown('money earns nothing'))).toContain('How to earn points For your first order');
    expect(words(shown('level by money, paid in another'))).toContain('How to earn points For your first order');
    expect(words(shown('one point for money'))).toContain('1 point for every');
    expect(words(shown('nothing earns'))).not.toContain('How to earn');
  });

  const levels = 'Levels Bronze Silver from 500 points Gold from 2000 points All rewards';
  it.each([
    ['guests', 'guest: en', levels],
    ['who has not joined', 'nothing told', levels],
    ['by money', 'guest, levels by money', 'Levels Gold from €123,45 All rewards'],
    ['without an amount in another currency', 'guest, levels by money of another', 'Levels Gold All rewards'],
  ])('names the levels: %s', (_who, what, said) => {
    expect(words(shown(what))).toContain(said);
  });

  it.each(['member: en', 'joined', 'guest, no levels'])('does not list the levels: %s', (what) => {
    expect(words(shown(what))).not.toContain('Levels');
  });

  it('what rewards are missing is told to members alone', () => {
    for (const what of ['guest: en', 'nothing told']) expect(words(shown(what))).not.toMatch(/to go|Redeem/);
  });

  it.each([
    ['as the store says', 'addresses of the store', ['/new', '/in', '/?trellis_page=rewards']],
    ['to one page for both', 'one address for both', ['/in', '/in', '/apps/trellis/rewards']],
    ['by the usual addresses', 'guest: en', ['/account/login', '/account/login', '/apps/trellis/rewards']],
  ])('leads guests on %s', (_how, what, links) => {
    expect([...shown(what).matchAll(/<a href="([^"]*)"/g)].map(([, link]) => link)).toEqual(links);
  });

  it('shows nothing without a programme, nor to those who see none', () => {
    expect(shown('no programme').trim()).toBe('');
    for (const id of ['1', '7', '12', '345', '6789'])
      expect(shown(`customer ${id}`).trim() === '', id).toBe(isHeldOut(id, '0a1b2c', 5_000));
  });
});
