import type { Language } from '../model.ts';

/** What stands below each mail. */
export const footerWords: Readonly<
  Record<Language, { readonly why: string; readonly choose: string; readonly stop: string }>
> = {
  en: {
    why: 'You get this e-mail as a customer of {shop}.',
    choose: 'Choose which e-mails you get',
    stop: 'Unsubscribe',
  },
  de: {
    why: 'Sie erhalten diese E-Mail als Kundin oder Kunde von {shop}.',
    choose: 'E-Mails auswählen',
    stop: 'Abbestellen',
  },
  fr: {
    why: 'Vous recevez cet e-mail en tant que client de {shop}.',
    choose: 'Choisir mes e-mails',
    stop: 'Se désabonner',
  },
  es: {
    why: 'Recibe este correo como cliente de {shop}.',
    choose: 'Elegir mis correos',
    stop: 'Darse de baja',
  },
  ja: {
    why: 'このメールは {shop} のお客様にお送りしています。',
    choose: 'メールの種類を選ぶ',
    stop: '配信停止',
  },
};
