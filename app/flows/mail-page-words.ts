import type { Language, TopicId } from '#app/domains/notifications/index.ts';

export interface MailPageWords {
  readonly title: string;
  readonly intro: string;
  readonly topics: Readonly<Record<TopicId, { readonly name: string; readonly what: string }>>;
  readonly save: string;
  readonly saved: string;
  readonly none: string;
  readonly noneText: string;
  readonly silent: string;
  readonly again: string;
  readonly confirmSent: string;
  readonly blocked: string;
  readonly stopTitle: string;
  readonly stopText: string;
  readonly stop: string;
  readonly stopped: string;
  readonly choose: string;
  readonly confirmTitle: string;
  readonly confirmText: string;
  readonly confirm: string;
  readonly confirmed: string;
  readonly invalidTitle: string;
  readonly invalidText: string;
  readonly toShop: string;
}

/** What people read on the pages that links of mails lead to; `{shop}` and `{topic}` are filled in. */
export const mailPageWords: Readonly<Record<Language, MailPageWords>> = {
  en: {
    title: 'Your e-mails from {shop}',
    intro: 'Choose what you want to hear about. What you ask for yourself, such as a code you redeemed, always comes.',
    topics: {
      service: { name: 'What you asked for', what: 'Codes and confirmations' },
      points: { name: 'Points and rewards', what: 'What you earned, and points that are about to expire' },
      referrals: { name: 'Friends you referred', what: 'When a friend buys and when your reward is ready' },
      offers: { name: 'Offers and news', what: 'Personal offers and presents' },
    },
    save: 'Save',
    saved: 'Your choice is saved.',
    none: 'Stop all e-mails',
    noneText: 'Nothing at all, not even what you ask for.',
    silent: 'You get no e-mails from {shop}.',
    again: 'Get e-mails again',
    confirmSent: 'We have sent you an e-mail. Offers come once you have confirmed in it that it was you.',
    blocked: 'You told the store that you want no marketing. Sign up for its newsletter there to change that.',
    stopTitle: 'Stop these e-mails?',
    stopText: 'You will get no more e-mails about “{topic}” from {shop}.',
    stop: 'Stop them',
    stopped: 'Done. You get no more e-mails about “{topic}”.',
    choose: 'Choose which e-mails you get',
    confirmTitle: 'Offers from {shop}',
    confirmText: 'Please confirm that you want offers by e-mail.',
    confirm: 'Yes, send me offers',
    confirmed: 'Thank you. Offers will come by e-mail.',
    invalidTitle: 'This link does not work any more',
    invalidText: 'It is over or incomplete. Use the link of your newest e-mail.',
    toShop: 'To the store',
  },
  de: {
    title: 'Ihre E-Mails von {shop}',
    intro: 'Wählen Sie, worüber wir schreiben. Was Sie selbst anfordern, etwa ein eingelöster Code, kommt immer.',
    topics: {
      service: { name: 'Was Sie angefordert haben', what: 'Codes und Bestätigungen' },
      points: { name: 'Punkte und Prämien', what: 'Was Sie gesammelt haben und welche Punkte bald verfallen' },
      referrals: { name: 'Empfohlene Freunde', what: 'Wenn ein Freund kauft und wenn Ihre Prämie bereit ist' },
      offers: { name: 'Angebote und Neues', what: 'Persönliche Angebote und Geschenke' },
    },
    save: 'Speichern',
    saved: 'Ihre Auswahl ist gespeichert.',
    none: 'Alle E-Mails abbestellen',
    noneText: 'Gar nichts mehr, auch nicht, was Sie selbst anfordern.',
    silent: 'Sie erhalten keine E-Mails von {shop}.',
    again: 'Wieder E-Mails erhalten',
    confirmSent: 'Wir haben Ihnen eine E-Mail geschickt. Angebote kommen, sobald Sie darin bestätigt haben.',
    blocked: 'Sie haben dem Shop gesagt, dass Sie keine Werbung möchten. Ändern können Sie das dort beim Newsletter.',
    stopTitle: 'Diese E-Mails abbestellen?',
    stopText: 'Sie erhalten dann keine E-Mails mehr über „{topic}“ von {shop}.',
    stop: 'Abbestellen',
    stopped: 'Erledigt. Über „{topic}“ kommen keine E-Mails mehr.',
    choose: 'E-Mails auswählen',
    confirmTitle: 'Angebote von {shop}',
    confirmText: 'Bitte bestätigen Sie, dass Sie Angebote per E-Mail möchten.',
    confirm: 'Ja, Angebote erhalten',
    confirmed: 'Danke. Angebote kommen per E-Mail.',
    invalidTitle: 'Dieser Link gilt nicht mehr',
    invalidText: 'Er ist abgelaufen oder unvollständig. Nehmen Sie den Link aus Ihrer neuesten E-Mail.',
    toShop: 'Zum Shop',
  },
  fr: {
    title: 'Vos e-mails de {shop}',
    intro: 'Choisissez ce que vous souhaitez recevoir. Ce que vous demandez vous-même, comme un code, arrive toujours.',
    topics: {
      service: { name: 'Vos demandes', what: 'Codes et confirmations' },
      points: { name: 'Points et récompenses', what: 'Vos gains et les points qui vont expirer' },
      referrals: { name: 'Parrainage', what: 'Quand un ami achète et quand votre récompense est prête' },
      offers: { name: 'Offres et nouveautés', what: 'Offres personnelles et cadeaux' },
    },
    save: 'Enregistrer',
    saved: 'Votre choix est enregistré.',
    none: 'Ne plus rien recevoir',
    noneText: 'Plus aucun e-mail, même ceux que vous demandez.',
    silent: 'Vous ne recevez aucun e-mail de {shop}.',
    again: 'Recevoir à nouveau des e-mails',
    confirmSent: 'Nous vous avons envoyé un e-mail. Les offres viendront une fois que vous y aurez confirmé.',
    blocked: 'Vous avez refusé la publicité auprès de la boutique. Inscrivez-vous à sa newsletter pour changer cela.',
    stopTitle: 'Arrêter ces e-mails ?',
    stopText: 'Vous ne recevrez plus d’e-mails sur « {topic} » de la part de {shop}.',
    stop: 'Arrêter',
    stopped: 'C’est fait. Plus d’e-mails sur « {topic} ».',
    choose: 'Choisir mes e-mails',
    confirmTitle: 'Les offres de {shop}',
    confirmText: 'Merci de confirmer que vous souhaitez recevoir des offres par e-mail.',
    confirm: 'Oui, recevoir les offres',
    confirmed: 'Merci. Les offres vous seront envoyées par e-mail.',
    invalidTitle: 'Ce lien n’est plus valable',
    invalidText: 'Il a expiré ou est incomplet. Utilisez le lien de votre e-mail le plus récent.',
    toShop: 'Aller à la boutique',
  },
  es: {
    title: 'Sus correos de {shop}',
    intro: 'Elija sobre qué quiere recibir correos. Lo que usted mismo pide, como un código, llega siempre.',
    topics: {
      service: { name: 'Lo que ha pedido', what: 'Códigos y confirmaciones' },
      points: { name: 'Puntos y recompensas', what: 'Lo que ha ganado y los puntos que van a caducar' },
      referrals: { name: 'Amigos recomendados', what: 'Cuando un amigo compra y cuando su recompensa está lista' },
      offers: { name: 'Ofertas y novedades', what: 'Ofertas personales y regalos' },
    },
    save: 'Guardar',
    saved: 'Su elección está guardada.',
    none: 'No recibir ningún correo',
    noneText: 'Nada en absoluto, ni siquiera lo que usted pide.',
    silent: 'No recibe correos de {shop}.',
    again: 'Volver a recibir correos',
    confirmSent: 'Le hemos enviado un correo. Las ofertas llegarán cuando lo haya confirmado en él.',
    blocked: 'Usted dijo a la tienda que no quiere publicidad. Suscríbase allí a su boletín para cambiarlo.',
    stopTitle: '¿Dejar de recibir estos correos?',
    stopText: 'Ya no recibirá correos sobre «{topic}» de {shop}.',
    stop: 'Dejar de recibirlos',
    stopped: 'Hecho. Ya no recibirá correos sobre «{topic}».',
    choose: 'Elegir mis correos',
    confirmTitle: 'Ofertas de {shop}',
    confirmText: 'Confirme que quiere recibir ofertas por correo.',
    confirm: 'Sí, quiero recibir ofertas',
    confirmed: 'Gracias. Recibirá ofertas por correo.',
    invalidTitle: 'Este enlace ya no funciona',
    invalidText: 'Ha caducado o está incompleto. Use el enlace de su correo más reciente.',
    toShop: 'Ir a la tienda',
  },
  ja: {
    title: '{shop} からのメール',
    intro: '受け取りたい内容をお選びください。クーポンコードなど、ご自身で申し込まれたものは必ず届きます。',
    topics: {
      service: { name: 'お申し込みの内容', what: 'コードと確認' },
      points: { name: 'ポイントと特典', what: '獲得したポイント、まもなく失効するポイント' },
      referrals: { name: 'お友達紹介', what: 'お友達の購入、特典の準備完了のお知らせ' },
      offers: { name: 'お得な情報', what: 'あなた向けの特典やプレゼント' },
    },
    save: '保存する',
    saved: '設定を保存しました。',
    none: 'すべてのメールを停止する',
    noneText: 'ご自身で申し込まれたものも含め、何も届かなくなります。',
    silent: '{shop} からのメールは届きません。',
    again: 'メールの受信を再開する',
    confirmSent: '確認のメールをお送りしました。その中で確認していただくと、お得な情報が届きます。',
    blocked:
      'ストアで広告メールを受け取らない設定になっています。変更するには、ストアのニュースレターにご登録ください。',
    stopTitle: 'このメールを停止しますか？',
    stopText: '{shop} からの「{topic}」のメールが届かなくなります。',
    stop: '停止する',
    stopped: '停止しました。「{topic}」のメールは届きません。',
    choose: 'メールの種類を選ぶ',
    confirmTitle: '{shop} のお得な情報',
    confirmText: 'お得な情報をメールで受け取ることをご確認ください。',
    confirm: 'はい、受け取ります',
    confirmed: 'ありがとうございます。お得な情報をメールでお届けします。',
    invalidTitle: 'このリンクは使えません',
    invalidText: '期限が切れているか、途中で切れています。最新のメールのリンクをお使いください。',
    toShop: 'ストアへ',
  },
};
