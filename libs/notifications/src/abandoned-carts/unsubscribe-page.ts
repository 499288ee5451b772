import { escapeHtml } from '../mails/escape-html';

interface Words {
  link: string;
  title: string;
  ask: string;
  button: string;
  done: string;
}

const english: Words = {
  link: 'No more such mails',
  title: 'Unsubscribe',
  ask: 'Shall we send no more news, offers and reminders to {email}?',
  button: 'Unsubscribe',
  done: 'Done. {email} gets no more news, offers and reminders. Mails about orders still come.',
};

const byLanguage: Record<string, Words> = {
  en: english,
  de: {
    link: 'Keine solchen E-Mails mehr',
    title: 'Abmelden',
    ask: 'Sollen wir keine Neuigkeiten, Angebote und Erinnerungen mehr an {email} senden?',
    button: 'Abmelden',
    done: 'Erledigt. {email} erhält keine Neuigkeiten, Angebote und Erinnerungen mehr. E-Mails zu Bestellungen kommen weiterhin.',
  },
  zh: {
    link: '不再接收此类邮件',
    title: '退订',
    ask: '是否不再向 {email} 发送新闻、优惠和提醒？',
    button: '退订',
    done: '已退订。{email} 不会再收到新闻、优惠和提醒，订单邮件仍会发送。',
  },
  ar: {
    link: 'إيقاف هذه الرسائل',
    title: 'إلغاء الاشتراك',
    ask: 'هل نتوقف عن إرسال الأخبار والعروض والتذكيرات إلى {email}؟',
    button: 'إلغاء الاشتراك',
    done: 'تم. لن تصل إلى {email} أخبار أو عروض أو تذكيرات بعد الآن، وتبقى رسائل الطلبات.',
  },
};

/** The words of unsubscribing in the reader's language, else in English. */
export function unsubscribeWords(locale: string): Words {
  return byLanguage[locale.split('-')[0] ?? 'en'] ?? english;
}

/** Asks, or says that it is done. A link that is only looked at takes nothing back: mail programs look ahead. */
export function unsubscribePage(
  { email, locale }: { email: string; locale: string },
  done: boolean,
): string {
  const words = unsubscribeWords(locale);
  const sentence = (done ? words.done : words.ask).replace('{email}', email);
  const form = `<form method="post"><button>${escapeHtml(words.button)}</button></form>`;
  const direction = locale.startsWith('ar') ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${direction}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<title>${escapeHtml(words.title)}</title><style>:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;font:17px/1.6 system-ui,'Noto Sans SC','Noto Sans Arabic',sans-serif}
main{max-width:30rem;padding:2rem}h1{font-size:1.5rem}p{overflow-wrap:anywhere}
button{font:inherit;padding:.75rem 1.25rem;border:0;border-radius:.5rem;background:#0f5e63;color:#fff;cursor:pointer}</style></head>
<body><main><h1>${escapeHtml(words.title)}</h1><p>${escapeHtml(sentence)}</p>${done ? '' : form}</main></body></html>`;
}
