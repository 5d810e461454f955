import { Body } from '@react-email/body';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Hr } from '@react-email/hr';
import { Html } from '@react-email/html';
import { Img } from '@react-email/img';
import { Link } from '@react-email/link';
import { Preview } from '@react-email/preview';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { createElement as h, Fragment, type ReactNode } from 'react';
import type { Language, MailSettings } from '../model.ts';
import { textOn } from './colours.ts';
import { footerWords } from './footer-words.ts';
import { paper } from './kit.ts';
import { fill } from './writer.ts';

const font =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans CJK JP", Arial, sans-serif';

export interface LayoutProps {
  readonly language: Language;
  readonly subject: string;
  readonly shop: { readonly name: string; readonly url: string };
  readonly settings: MailSettings;
  readonly links: { readonly preferences: string; readonly unsubscribe: string | null } | null;
  readonly children: readonly ReactNode[];
}

/** What is around the text of each mail: the merchant's logo above, who sends it and how to stop it below. */
export function layout({ language, subject, shop, settings, links, children }: LayoutProps): ReactNode {
  const words = footerWords[language];
  const ground = settings.background;
  const tone = textOn(ground) === '#FFFFFF' ? '#FFFFFF' : '#5C5C5C';
  const small = { fontSize: '13px', lineHeight: '20px', color: tone, margin: '0 0 8px', textAlign: 'center' as const };
  const anchor = { color: tone, textDecoration: 'underline' };
  return h(
    Html,
    { lang: language },
    h(
      Head,
      null,
      h('title', null, subject),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    ),
    h(Preview, null, subject),
    h(
      Body,
      { style: { backgroundColor: ground, fontFamily: font, margin: 0, padding: '24px 8px' } },
      h(
        Container,
        { style: { maxWidth: '560px', width: '100%', margin: '0 auto' } },
        h(
          Section,
          { style: { backgroundColor: paper, borderRadius: '12px', padding: '32px 24px' } },
          h(
            Link,
            { href: shop.url, style: { textDecoration: 'none' } },
            settings.logoUrl === ''
              ? h(
                  Text,
                  { style: { fontSize: '18px', fontWeight: 700, color: '#1A1A1A', margin: '0 0 24px' } },
                  settings.senderName || shop.name,
                )
              : h(Img, {
                  src: settings.logoUrl,
                  alt: settings.senderName || shop.name,
                  height: '40',
                  style: { margin: '0 0 24px', maxWidth: '240px' },
                }),
          ),
          ...children.map((child, index) => h(Fragment, { key: index }, child)),
        ),
        h(
          Section,
          { style: { padding: '24px' } },
          h(Text, { style: small }, fill(words.why, { shop: shop.name })),
          settings.footerAddress === ''
            ? null
            : h(Text, { style: { ...small, whiteSpace: 'pre-line' } }, settings.footerAddress),
          links === null ? null : h(Hr, { style: { borderColor: '#D0D0D0', margin: '8px 0' } }),
          links === null
            ? null
            : h(
                Text,
                { style: small },
                h(Link, { href: links.preferences, style: anchor }, words.choose),
                ...(links.unsubscribe === null
                  ? []
                  : [' · ', h(Link, { key: 'stop', href: links.unsubscribe, style: anchor }, words.stop)]),
              ),
        ),
      ),
    ),
  );
}
