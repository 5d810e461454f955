import { z } from 'zod';
import { defineTemplate } from '../template.ts';

/** Somebody without consent to marketing asked for it on the preference page: the owner of the address confirms. */
export const confirmPreferences = defineTemplate({
  id: 'notifications.confirm',
  title: 'Confirm subscription',
  when: 'When somebody switches on offers on their e-mail page and your store has no consent of theirs.',
  topic: 'service',
  schema: z.object({ url: z.url() }),
  sample: { url: 'https://example.com/' },
  words: {
    en: {
      subject: 'Please confirm: offers from {shop}',
      title: 'One click to go',
      text: 'You asked {shop} to send you offers by e-mail. Please confirm that it was you.',
      button: 'Yes, send me offers',
      otherwise: 'If it was not you, do nothing: without this click you get no offers.',
    },
    de: {
      subject: 'Bitte bestätigen: Angebote von {shop}',
      title: 'Nur noch ein Klick',
      text: 'Sie möchten Angebote von {shop} per E-Mail erhalten. Bitte bestätigen Sie, dass Sie das waren.',
      button: 'Ja, Angebote erhalten',
      otherwise: 'Wenn Sie es nicht waren, müssen Sie nichts tun: ohne diesen Klick kommen keine Angebote.',
    },
    fr: {
      subject: 'À confirmer : les offres de {shop}',
      title: 'Encore un clic',
      text: 'Vous souhaitez recevoir les offres de {shop} par e-mail. Merci de confirmer que c’était bien vous.',
      button: 'Oui, recevoir les offres',
      otherwise: 'Si ce n’était pas vous, ne faites rien : sans ce clic, aucune offre ne vous sera envoyée.',
    },
    es: {
      subject: 'Confirme, por favor: ofertas de {shop}',
      title: 'Falta un clic',
      text: 'Usted ha pedido recibir ofertas de {shop} por correo. Confirme que ha sido usted.',
      button: 'Sí, quiero recibir ofertas',
      otherwise: 'Si no ha sido usted, no haga nada: sin este clic no recibirá ofertas.',
    },
    ja: {
      subject: 'ご確認ください：{shop} のお得な情報',
      title: 'あと一歩です',
      text: '{shop} のお得な情報をメールで受け取るお申し込みがありました。ご本人であることをご確認ください。',
      button: 'はい、受け取ります',
      otherwise: '心当たりがない場合は何もしないでください。このボタンを押さない限り、情報は届きません。',
    },
  },
  body: ({ kit, data, say }) => [
    kit.heading(say('title')),
    kit.text(say('text')),
    kit.button(say('button'), data.url),
    kit.small(say('otherwise')),
  ],
});
