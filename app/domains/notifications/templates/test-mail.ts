import { z } from 'zod';
import { defineTemplate } from '../template.ts';

/** What a merchant sends to themselves, to see that mails arrive and how they look. */
export const testMail = defineTemplate({
  id: 'notifications.test',
  title: 'Test e-mail',
  when: 'When you send a test from this page.',
  topic: 'service',
  schema: z.object({ url: z.url() }),
  sample: { url: 'https://example.com/' },
  words: {
    en: {
      subject: 'Test e-mail of {shop}',
      title: 'It works',
      text: 'This is how e-mails of {shop} look: your logo, your colours and your address below.',
      next: 'If it arrived in the spam folder, ask whoever runs your mail server for SPF and DKIM.',
      button: 'Open the store',
    },
    de: {
      subject: 'Test-E-Mail von {shop}',
      title: 'Es funktioniert',
      text: 'So sehen E-Mails von {shop} aus: mit Ihrem Logo, Ihren Farben und Ihrer Anschrift am Ende.',
      next: 'Lag sie im Spam-Ordner, fragen Sie den Betreiber Ihres Mailservers nach SPF und DKIM.',
      button: 'Zum Shop',
    },
    fr: {
      subject: 'E-mail de test de {shop}',
      title: 'Tout fonctionne',
      text: 'Voici à quoi ressemblent les e-mails de {shop} : votre logo, vos couleurs et votre adresse en bas.',
      next: 'S’il est arrivé dans les indésirables, parlez de SPF et DKIM à la personne qui gère votre serveur de messagerie.',
      button: 'Ouvrir la boutique',
    },
    es: {
      subject: 'Correo de prueba de {shop}',
      title: 'Funciona',
      text: 'Así se ven los correos de {shop}: con su logotipo, sus colores y su dirección al final.',
      next: 'Si llegó a la carpeta de spam, pregunte por SPF y DKIM a quien administra su servidor de correo.',
      button: 'Abrir la tienda',
    },
    ja: {
      subject: '{shop} のテストメール',
      title: '正しく届きました',
      text: '{shop} のメールはこのように表示されます。ロゴと色、最後に住所が入ります。',
      next: '迷惑メールに入った場合は、メールサーバーの管理者に SPF と DKIM の設定をご相談ください。',
      button: 'ストアを開く',
    },
  },
  body: ({ kit, data, say }) => [
    kit.heading(say('title')),
    kit.text(say('text')),
    kit.button(say('button'), data.url),
    kit.small(say('next')),
  ],
});
