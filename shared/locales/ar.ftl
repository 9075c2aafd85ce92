# Modern Standard Arabic. Nothing here depends on the customer's gender, and a
# sentence begins with an Arabic word, so that clients which take the direction
# from the first letter show it right to left.


## In every message

fact = { $label }: { $value }
greeting = مرحبًا { $name }،
greeting-nameless = مرحبًا،
footer-reason = وصلتك هذه الرسالة لأنك قدّمت طلبًا لدى { $shop }.
footer-support = هل لديك استفسار؟ تسعدنا مساعدتك: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = وصلتك هذه الرسالة لأنك اشتريت من { $shop }.
unsubscribe = إلغاء الاشتراك في هذا النوع من الرسائل
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = لديك تحديث جديد بشأن طلبك
push-private-body = لمعرفة المزيد، يُرجى فتح الإشعار.


## Facts

label-number = رقم الطلب
label-placed-on = تاريخ الطلب
label-amount-paid = المبلغ المدفوع
label-payment-method = طريقة الدفع
label-paid-on = تاريخ الدفع
label-carrier = شركة الشحن
label-tracking-number = رقم التتبع
label-arrives-on = موعد التوصيل المتوقع
label-amount-requested = المبلغ المطلوب استرداده
label-requested-on = تاريخ طلب الاسترداد
label-reason = سبب الاسترداد


## Items, sums, address

items-ordered = منتجات طلبك
items-shipped = في هذه الشحنة
items-rest = منتجات ليست في هذه الشحنة
items-rest-note = إذا لم تصلك هذه المنتجات بعد، فستصلك لاحقًا.
items-refund = المنتجات المطلوب استرداد قيمتها
items-review = المنتجات التي اشتريتها
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [zero] ولا منتجات أخرى
    [one] ومنتج آخر
    [two] ومنتجان آخران
    [few] و{ $count } منتجات أخرى
    [many] و{ $count } منتجًا آخر
   *[other] و{ $count } منتج آخر
}
quantity = الكمية: { $quantity }
quantity-of = الكمية: { $quantity } من { $ordered }
quantity-price = { $quantity } × { $price }
total-subtotal = المجموع الفرعي
total-discount = الخصم
total-shipping = الشحن
total-shipping-free = مجاني
total-tax = الضريبة
total-tax-included = الضريبة المشمولة
total-total = الإجمالي
address = عنوان التوصيل


## Links

action-order = عرض الطلب
action-track = تتبع الشحنة
action-review = كتابة تقييم
sms-link-order = التفاصيل: { $link }
sms-link-track = تتبع الشحنة: { $link }


## order.created

created-subject = استلمنا طلبك رقم { $number }
created-preheader = شكرًا لك! سنُعلمك فور شحن طلبك.
created-heading = شكرًا على طلبك
created-intro = استلمنا طلبك، وسنُعلمك فور شحنه.
created-sms = من { $shop }: شكرًا لك! استلمنا طلبك رقم { $number } بقيمة { $total }.
created-push-title = استلمنا طلبك
created-push-body = الطلب رقم { $number } بقيمة { $total }. سنُعلمك فور شحنه.


## order.paid

paid-subject = استلمنا دفعتك للطلب رقم { $number }
paid-preheader = شكرًا لك! نجهّز طلبك الآن.
paid-preheader-amount = استلمنا { $amount }، شكرًا لك! نجهّز طلبك الآن.
paid-heading = استلمنا دفعتك
paid-intro = شكرًا لك! استلمنا دفعتك ونجهّز طلبك الآن.
paid-intro-amount = شكرًا لك! استلمنا دفعتك بقيمة { $amount } ونجهّز طلبك الآن.
paid-sms = من { $shop }: شكرًا لك! استلمنا دفعتك للطلب رقم { $number }.
paid-sms-amount = من { $shop }: شكرًا لك! استلمنا دفعتك بقيمة { $amount } للطلب رقم { $number }.
paid-push-title = استلمنا دفعتك
paid-push-body = شكرًا لك! نجهّز طلبك رقم { $number } الآن.
paid-push-body-amount = شكرًا لك! استلمنا { $amount } للطلب رقم { $number }، ونجهّزه الآن.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = طلبك رقم { $number } في الطريق إليك
shipped-subject-part = جزء من طلبك رقم { $number } في الطريق إليك
shipped-preheader = إليك محتويات الشحنة.
shipped-preheader-arrives = موعد التوصيل المتوقع: { $date }
shipped-heading = طلبك في الطريق إليك
shipped-heading-part = جزء من طلبك في الطريق إليك
shipped-intro = خبر سارّ: شحنّا طلبك.
shipped-intro-carrier = خبر سارّ: سلّمنا طلبك إلى شركة الشحن { $carrier }.
shipped-intro-part = خبر سارّ: شحنّا جزءًا من طلبك، وسيصلك الباقي بشكل منفصل.
shipped-intro-part-carrier = خبر سارّ: سلّمنا جزءًا من طلبك إلى شركة الشحن { $carrier }، وسيصلك الباقي بشكل منفصل.
shipped-sms = من { $shop }: طلبك رقم { $number } في الطريق إليك.
shipped-sms-part = من { $shop }: جزء من طلبك رقم { $number } في الطريق إليك.
shipped-sms-arrives = التوصيل المتوقع: { $date }.
shipped-push-title = طلبك في الطريق إليك
shipped-push-title-part = جزء من طلبك في الطريق إليك
shipped-push-body = أرسلنا إليك شحنة من طلبك رقم { $number }.
shipped-push-body-carrier = شحنة من طلبك رقم { $number } في الطريق إليك مع { $carrier }.
shipped-push-body-arrives = الطلب رقم { $number }، موعد التوصيل المتوقع: { $date }.


## order.refund_requested

refund-subject = استلمنا طلب الاسترداد الخاص بالطلب رقم { $number }
refund-preheader = سنراجعه ونرد عليك.
refund-heading = استلمنا طلب الاسترداد
refund-intro = شكرًا على تواصلك معنا. سنراجع طلب الاسترداد ونرد عليك في أقرب وقت ممكن.
refund-intro-amount = شكرًا على تواصلك معنا. سنراجع طلب استرداد { $amount } ونرد عليك في أقرب وقت ممكن.
refund-sms = من { $shop }: استلمنا طلب الاسترداد للطلب رقم { $number }. سنرد عليك قريبًا.
refund-sms-amount = من { $shop }: استلمنا طلب استرداد { $amount } للطلب رقم { $number }. سنرد عليك قريبًا.
refund-push-title = استلمنا طلب الاسترداد
refund-push-body = الطلب رقم { $number }: سنراجع طلب الاسترداد ونرد عليك.
refund-push-body-amount = الطلب رقم { $number }، { $amount }: سنراجع طلب الاسترداد ونرد عليك.


## order.completed

completed-subject = ما رأيك في طلبك رقم { $number }؟
completed-preheader = بضع كلمات منك تساعد الآخرين على الاختيار.
completed-heading = ما رأيك في طلبك؟
completed-intro = نأمل أن يكون طلبك قد نال إعجابك. تسعدنا معرفة رأيك؛ فبضع كلمات منك تساعد الآخرين على الاختيار، وتساعدنا على تحسين خدماتنا.
completed-sms = من { $shop }: هل أعجبك طلبك رقم { $number }؟ تسعدنا معرفة رأيك: { $link }
completed-sms-linkless = من { $shop }: هل أعجبك طلبك رقم { $number }؟ تسعدنا معرفة رأيك.
completed-push-title = ما رأيك في طلبك؟
completed-push-body = بضع كلمات منك عن الطلب رقم { $number } تساعد الآخرين على الاختيار.
completed-push-body-item = بضع كلمات منك عن «{ $item }» تساعد الآخرين على الاختيار.
