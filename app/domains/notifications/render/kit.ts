import { Button } from '@react-email/button';
import { Heading } from '@react-email/heading';
import { Hr } from '@react-email/hr';
import { Img } from '@react-email/img';
import { Link } from '@react-email/link';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { createElement as h, type CSSProperties } from 'react';
import type { Kit } from '../template.ts';
import { readable, textOn } from './colours.ts';

const ink = '#1A1A1A';
const soft = '#5C5C5C';
export const paper = '#FFFFFF';
const body: CSSProperties = { fontSize: '16px', lineHeight: '24px', color: ink, margin: '0 0 16px' };

/** The parts of a mail in a merchant's colour. Files of this folder run as they are, so React is written without JSX. */
export function createKit(colour: string): Kit {
  const link = readable(colour, paper);
  return {
    heading: (text) =>
      h(Heading, { as: 'h1', style: { fontSize: '24px', lineHeight: '32px', color: ink, margin: '0 0 16px' } }, text),
    text: (text) => h(Text, { style: { ...body, whiteSpace: 'pre-line' } }, text),
    small: (text) => h(Text, { style: { ...body, fontSize: '14px', lineHeight: '20px', color: soft } }, text),
    button: (label, url) =>
      h(
        Section,
        { style: { margin: '8px 0 24px' } },
        h(
          Button,
          {
            href: url,
            style: {
              backgroundColor: colour,
              color: textOn(colour),
              borderRadius: '6px',
              padding: '12px 24px',
              fontSize: '16px',
              fontWeight: 600,
            },
          },
          label,
        ),
      ),
    image: (url, alt) =>
      h(Img, { src: url, alt, width: '100%', style: { borderRadius: '6px', margin: '0 0 16px', height: 'auto' } }),
    code: (text) =>
      h(
        Section,
        { style: { margin: '0 0 16px', border: `2px dashed ${soft}`, borderRadius: '6px', textAlign: 'center' } },
        h(
          Text,
          {
            style: {
              fontFamily: 'Menlo, Consolas, monospace',
              fontSize: '22px',
              fontWeight: 700,
              color: ink,
              margin: '16px',
            },
          },
          text,
        ),
      ),
    figures: (rows) =>
      h(
        'table',
        { role: 'presentation', width: '100%', cellPadding: 0, cellSpacing: 0, style: { margin: '0 0 16px' } },
        h(
          'tbody',
          null,
          rows.map(({ label, value }) =>
            h(
              'tr',
              { key: label },
              h('td', { style: { ...body, padding: '6px 0', color: soft } }, label),
              h('td', { align: 'right', style: { ...body, padding: '6px 0', fontWeight: 600 } }, value),
            ),
          ),
        ),
      ),
    product: ({ title, imageUrl, url, price }) =>
      h(
        'table',
        { role: 'presentation', width: '100%', cellPadding: 0, cellSpacing: 0, style: { margin: '0 0 16px' } },
        h(
          'tbody',
          null,
          h(
            'tr',
            null,
            imageUrl === null
              ? null
              : h(
                  'td',
                  { width: 96, style: { paddingRight: '16px' } },
                  h(Img, { src: imageUrl, alt: '', width: '80', style: { borderRadius: '6px' } }),
                ),
            h(
              'td',
              { style: { verticalAlign: 'middle' } },
              h(Link, { href: url, style: { ...body, color: link, fontWeight: 600 } }, title),
              price === null ? null : h(Text, { style: { ...body, margin: '4px 0 0', color: soft } }, price),
            ),
          ),
        ),
      ),
    divider: () => h(Hr, { style: { borderColor: '#E3E3E3', margin: '24px 0' } }),
  };
}
