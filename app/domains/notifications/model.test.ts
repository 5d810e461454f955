import { expect, test } from 'vitest';
import { mailLanguage, mailSettings } from './model.ts';

test.each([
  ['their own', 'fr-CA', 'ja', 'de_DE', 'fr'],
  ['their own, as WordPress writes it', 'es_MX', null, 'de_DE', 'es'],
  ['the merchant’s choice where theirs is not known', null, 'ja', 'de_DE', 'ja'],
  ['the merchant’s choice where mails are not written in theirs', 'nl', 'ja', 'de_DE', 'ja'],
  ['the store’s own where nothing was chosen', null, null, 'de_DE_formal', 'de'],
  ['English where mails are not written in the store’s', null, null, 'nl_NL', 'en'],
  ['English where nothing is known', '', null, null, 'en'],
] as const)('a mail is in %s', (_which, person, chosen, store, language) => {
  expect(mailLanguage(person, mailSettings.parse({ language: chosen }), store, [])).toBe(language);
});

test.each([
  ['the store’s own where there are words in it', null, null, 'de_DE', ['en', 'de'], 'de'],
  ['the one that has words where the store’s has none', null, null, 'de_DE', ['ja'], 'ja'],
  ['English before others', null, null, 'de_DE', ['ja', 'en'], 'en'],
  ['the merchant’s choice all the same', null, 'fr', 'de_DE', ['en'], 'fr'],
  ['their own all the same', 'es', null, 'de_DE', ['en'], 'es'],
] as const)('a mail that the merchant wrote is in %s', (_which, person, chosen, store, worded, language) => {
  expect(mailLanguage(person, mailSettings.parse({ language: chosen }), store, worded)).toBe(language);
});

test('settings from before the choice leave it to the store', () => {
  expect(mailSettings.parse({}).language).toBeNull();
  expect(mailSettings.safeParse({ language: 'nl' }).success).toBe(false);
});
