import type { AfterWords } from './words';

/** بالعربية. */
export const ar: AfterWords = {
  afterSales: 'بعد الشراء',
  withdraw: 'العدول عن العقد من هنا',
  withdrawTitle: 'العدول عن عقد',
  withdrawIntro:
    'تُعلن هنا لـ {shop} أنك تعدل عن عقدك. لا تحتاج إلى حساب ولا إلى ذكر سبب. ويصلك إيصال بالبريد الإلكتروني فورًا.',
  yourName: 'اسمك',
  orderNumber: 'رقم الطلب',
  orderNumberHint: 'تجده في رسالة تأكيد طلبك.',
  receiptEmail: 'البريد الإلكتروني للإيصال',
  receiptEmailHint: 'يُفضَّل العنوان الذي طلبت به، فيُعثر على الطلب تلقائيًا.',
  goods: 'سلع معيّنة فقط',
  goodsHint: 'اذكرها إذا كنت ستحتفظ بالباقي. اتركه فارغًا للعدول عن كل شيء.',
  which: 'عمَّ تعدل؟',
  everything: 'كل ما في هذا الطلب',
  onlySome: 'هذه السلع فقط',
  goOn: 'متابعة',
  checkTitle: 'راجع إعلانك',
  youWithdraw: 'تعدل عن',
  confirmWithdrawal: 'تأكيد العدول',
  receivedTitle: 'وصل إعلان عدولك {name}',
  receivedText: 'تلقينا إعلانك. يُرسل إيصال بنصه إلى {email}. لا يلزمك شيء آخر الآن.',
  statement: 'إعلانك',
  chooseGoods: 'اختر سلعة واحدة على الأقل.',
  needName: 'يُرجى إدخال اسمك.',
  needReference: 'يُرجى إدخال رقم طلبك.',
  needEmail: 'أدخل عنوان بريد إلكتروني مثل name@example.com.',
  fixErrors: 'يُرجى مراجعة هذه البيانات:',
  tooOften: 'محاولات كثيرة جدًا. يُرجى الانتظار بضع دقائق.',
  toShop: 'إلى المتجر',
};
