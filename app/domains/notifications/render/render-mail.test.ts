import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages, mailSettings } from '../model.ts';
import { templates } from '../templates/registry.ts';
import { optionalTopics, topics } from '../topics.ts';
import { contrast, readable, textOn } from './colours.ts';
import { type RenderContext, renderMail } from './render-mail.ts';
import { fill } from './writer.ts';

const context: RenderContext = {
  language: 'en',
  zone: 'Europe/Berlin',
  firstName: 'Ada',
  shop: { name: 'Bean & Leaf', url: 'https://shop.example' },
  settings: mailSettings.parse({ footerAddress: '1 High Street\nLondon' }),
  words: {},
  links: { preferences: 'https://app.example/mail/p', unsubscribe: 'https://app.example/mail/u' },
};

describe.each(templates.map((template) => [template.id, template] as const))('%s', (_id, template) => {
  it.each(languages)('is written out in %s', async (language) => {
    const mail = await renderMail(template, template.sample, { ...context, language });
    expect(mail.subject).not.toBe('');
    expect(mail.html).toContain(`lang="${language}"`);
    expect(`${mail.subject} ${mail.text}`).not.toMatch(/\{\w+\}|undefined|\[object|NaN|Invalid Date/);
    expect(mail.text).toContain('https://app.example/mail/u');
    const keys = Object.keys(template.words.en).sort();
    expect(Object.keys(template.words[language]).sort()).toEqual(keys);
  });

  it('says the same without a name, without a space or comma too many', async () => {
    const mail = await renderMail(template, template.sample, { ...context, firstName: '' });
    expect(`${mail.subject}\n${mail.text}`).not.toMatch(/ ,| !|, ?!|\{/);
  });

  it('belongs to a topic', () => {
    expect(Object.keys(topics)).toContain(template.topic);
  });
});

it('shows what a shop or a merchant calls things as text, never as markup', async () => {
  const [template] = templates;
  if (!template) throw new Error('there is no template');
  const mail = await renderMail(template, template.sample, {
    ...context,
    shop: { name: '<script>alert(1)</script>', url: 'https://shop.example' },
    words: { subject: 'Line\r\nBcc: x@example.com', text: '<b>{shop}</b>' },
  });
  expect(mail.subject).toBe('Line Bcc: x@example.com');
  expect(mail.html).not.toContain('<script>');
  expect(mail.html).toContain('&lt;b&gt;&lt;script&gt;');
});

it('is readable in whatever colour a merchant chooses', () => {
  const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
  fc.assert(
    fc.property(colour, (chosen) => {
      expect(contrast(textOn(chosen), chosen)).toBeGreaterThanOrEqual(4.1);
      expect(contrast(readable(chosen, '#FFFFFF'), '#FFFFFF')).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

it('fills names in once: a value that looks like a name stays as it is', () => {
  expect(fill('Hello {firstName}, {shop}', { firstName: '{shop}', shop: 'X' })).toBe('Hello {shop}, X');
  expect(fill('Hello, {firstName}!', { firstName: '' })).toBe('Hello!');
});

it('lets people choose among topics that can be switched off', () => {
  expect(optionalTopics).toEqual(['points', 'referrals', 'offers']);
});
