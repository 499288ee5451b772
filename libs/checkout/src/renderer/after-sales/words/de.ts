import type { AfterWords } from './words';

/** Auf Deutsch. */
export const de: AfterWords = {
  afterSales: 'Nach Ihrem Einkauf',
  withdraw: 'Vertrag hier widerrufen',
  withdrawTitle: 'Einen Vertrag widerrufen',
  withdrawIntro:
    'Hier erklären Sie gegenüber {shop}, dass Sie Ihren Vertrag widerrufen. Sie brauchen dafür kein Konto und keinen Grund. Eine Eingangsbestätigung kommt sofort per E-Mail.',
  yourName: 'Ihr Name',
  orderNumber: 'Bestellnummer',
  orderNumberHint: 'Sie steht in Ihrer Bestellbestätigung.',
  receiptEmail: 'E-Mail für die Bestätigung',
  receiptEmailHint:
    'Am besten die, mit der Sie bestellt haben: So wird die Bestellung von selbst gefunden.',
  goods: 'Nur bestimmte Waren',
  goodsHint: 'Nennen Sie diese, wenn Sie den Rest behalten. Leer heißt: alles.',
  which: 'Was widerrufen Sie?',
  everything: 'Alles in dieser Bestellung',
  onlySome: 'Nur diese Waren',
  goOn: 'Weiter',
  checkTitle: 'Prüfen Sie Ihre Erklärung',
  youWithdraw: 'Sie widerrufen',
  confirmWithdrawal: 'Widerruf bestätigen',
  receivedTitle: 'Ihr Widerruf {name} ist eingegangen',
  receivedText:
    'Wir haben Ihre Erklärung erhalten. Eine Bestätigung mit ihrem Wortlaut geht an {email}. Mehr müssen Sie jetzt nicht tun.',
  statement: 'Ihre Erklärung',
  chooseGoods: 'Bitte wählen Sie mindestens eine Ware.',
  needName: 'Bitte geben Sie Ihren Namen an.',
  needReference: 'Bitte geben Sie die Nummer Ihrer Bestellung an.',
  needEmail: 'Geben Sie eine E-Mail-Adresse wie name@example.com an.',
  fixErrors: 'Bitte prüfen Sie diese Angaben:',
  tooOften: 'Zu viele Versuche. Bitte warten Sie einige Minuten.',
  toShop: 'Zum Shop',
};
