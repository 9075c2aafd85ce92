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


## The pages where customers choose what they hear of

preferences = اختيار الرسائل التي تصلك
preferences-heading = الرسائل المرغوب في تلقيها
preferences-intro = يمكن هنا اختيار ما يرسله إليك { $shop } وبأي وسيلة.
preferences-save = حفظ
preferences-saved = تم الحفظ، ويسري ذلك من الآن.
topic-order-updates = مستجدات الطلبات
topic-order-updates-note = وضع طلبك: تم تأكيده، في الطريق إليك، تم تسليمه.
topic-required = بعض هذه الرسائل لا بدّ من إرسالها، مثل تأكيد الطلب واسترداد المبالغ، لذا يُرجى ترك وسيلة واحدة على الأقل مفعّلة.
topic-reviews = طلبات التقييم
topic-reviews-note = بعد فترة من طلبك نسألك عن رأيك فيه.
channel-email = البريد الإلكتروني
channel-sms = رسالة نصية (SMS)
channel-push = إشعارات التطبيق
unsubscribe-heading = إلغاء الاشتراك؟
unsubscribe-question = لن يرسل إليك { $shop } هذه الرسائل بعد ذلك: { $topic }.
unsubscribe-button = إلغاء الاشتراك
unsubscribed-heading = تم إلغاء الاشتراك
unsubscribed-text = لن يرسل إليك { $shop } هذه الرسائل بعد الآن: { $topic }.
unsubscribed-orders = وستظل تصلك مستجدات طلباتك.
problem-heading = تعذّر ذلك
problem-link = هذا الرابط غير صالح. يُرجى فتحه من الرسالة مرة أخرى والتأكد من أنه كامل. لم يتغيّر شيء.
problem-expired = انتهت صلاحية هذا الرابط. يوجد رابط جديد في نهاية آخر رسالة أرسلناها إليك. لم يتغيّر شيء.
problem-unknown-order = لم يعد الطلب المرتبط بهذا الرابط محفوظًا لدينا، لذلك لم يتغيّر شيء. يُرجى التواصل معنا.
problem-one-channel = لم يتغيّر شيء: يُرجى ترك وسيلة واحدة على الأقل مفعّلة لمستجدات الطلبات.
problem-form = تعذّرت قراءة ما أُرسل. لم يتغيّر شيء.
problem-later = لا يمكن إتمام ذلك الآن. يُرجى المحاولة مرة أخرى بعد بضع دقائق.
problem-page = هذه الصفحة غير موجودة.


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
label-reason = السبب
label-shipping-method = طريقة الشحن
label-delivered-on = تاريخ التوصيل
# Where a parcel was left, or with whom: "With your neighbour".
label-location = مكان الشحنة
label-amount-due = المبلغ المتبقي
label-refunded-amount = المبلغ المسترد
label-refund-shipping = منه رسوم الشحن
label-refund-to = الاسترداد إلى
label-refunded-on = تاريخ الاسترداد
label-previous-total = الإجمالي السابق
label-new-total = الإجمالي الجديد
label-pickup-until = متاح للاستلام حتى
label-pickup-code = رمز الاستلام
label-tax-id = الرقم الضريبي
# How to pay by bank transfer.
label-account-holder = اسم صاحب الحساب
label-iban = رقم الآيبان (IBAN)
label-bic = رمز السويفت (BIC)
label-payment-reference = مرجع التحويل
label-pay-by = آخر موعد للدفع


## Items, sums, address

items-ordered = منتجات طلبك
items-shipped = في هذه الشحنة
items-rest = منتجات ليست في هذه الشحنة
items-rest-note = إذا لم تصلك هذه المنتجات بعد، فستصلك لاحقًا.
items-refund = المنتجات المطلوب استرداد قيمتها
items-review = المنتجات التي اشتريتها
items-now = طلبك بعد التعديل
items-cancelled = المنتجات الملغاة
items-refunded = المنتجات المستردة قيمتها
items-pickup = المنتجات الجاهزة للاستلام
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
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = بدلًا من { $price }
line-discount = الخصم: { $amount }
download = تنزيل
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = شحناتك
total-subtotal = المجموع الفرعي
total-discount = الخصم
total-shipping = الشحن
total-shipping-free = مجاني
total-tax = الضريبة
total-tax-included = الضريبة المشمولة
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = يشمل { $tax }
total-fee = الرسوم
total-tip = الإكرامية
total-gift-card = بطاقة الهدايا
total-rounding = فرق التقريب
total-total = الإجمالي
total-paid = المبلغ المدفوع
total-due = المبلغ المتبقي
address = عنوان التوصيل
billing-address = عنوان الفوترة
pickup-point = مكان الاستلام
opening-hours = ساعات العمل
payment-instructions = كيفية الدفع
changes = التعديلات
order-note = ملاحظتك على الطلب
gift-message = رسالة الهدية


## Links

action-order = عرض الطلب
action-track = تتبع الشحنة
action-review = كتابة تقييم
action-invoice = عرض الفاتورة
action-pay = الدفع الآن
sms-link-order = التفاصيل: { $link }
sms-link-track = تتبع الشحنة: { $link }
sms-link-pay = للدفع: { $link }


## order.created

created-subject = استلمنا طلبك رقم { $number }
created-preheader = شكرًا لك! سنُعلمك فور شحن طلبك.
created-heading = شكرًا على طلبك
created-intro = استلمنا طلبك، وسنُعلمك فور شحنه.
created-sms = من { $shop }: شكرًا لك! استلمنا طلبك رقم { $number } بقيمة { $total }.
# Where no total is shown, as the order is a gift.
created-sms-plain = من { $shop }: شكرًا لك! استلمنا طلبك رقم { $number }.
created-push-title = استلمنا طلبك
created-push-body = الطلب رقم { $number } بقيمة { $total }. سنُعلمك فور شحنه.
created-push-body-plain = الطلب رقم { $number }: سنُعلمك فور شحنه.


## order.paid

paid-subject = استلمنا دفعتك للطلب رقم { $number }
paid-preheader = شكرًا لك! نجهّز طلبك الآن.
paid-preheader-amount = استلمنا { $amount }، شكرًا لك! نجهّز طلبك الآن.
paid-heading = استلمنا دفعتك
paid-intro = شكرًا لك! استلمنا دفعتك ونجهّز طلبك الآن.
paid-intro-amount = شكرًا لك! استلمنا دفعتك بقيمة { $amount } ونجهّز طلبك الآن.
paid-sms = من { $shop }: شكرًا لك! استلمنا دفعتك للطلب رقم { $number }.
paid-sms-amount = من { $shop }: شكرًا لك! استلمنا { $amount } للطلب رقم { $number }.
paid-push-title = استلمنا دفعتك
paid-push-body = شكرًا لك! نجهّز طلبك رقم { $number } الآن.
paid-push-body-amount = شكرًا لك! استلمنا { $amount } للطلب رقم { $number }، ونجهّزه الآن.
# A part of the order is paid.
paid-intro-due = شكرًا لك! استلمنا دفعتك بقيمة { $amount }. المبلغ المتبقي: { $due }.
# There was nothing to pay.
paid-subject-free = تم تأكيد طلبك رقم { $number }
paid-preheader-free = لا يلزم دفع أي مبلغ. نجهّز طلبك الآن.
paid-heading-free = تم تأكيد طلبك
paid-intro-free = لا يلزم دفع أي مبلغ، ونجهّز طلبك الآن.
paid-sms-free = من { $shop }: تم تأكيد طلبك رقم { $number }، ولا يلزم دفع أي مبلغ.
paid-push-title-free = تم تأكيد طلبك
paid-push-body-free = الطلب رقم { $number }: لا يلزم دفع أي مبلغ، ونجهّزه الآن.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = طلبك رقم { $number } في الطريق إليك
shipped-subject-part = جزء من طلبك رقم { $number } في الطريق إليك
shipped-preheader = إليك محتويات الشحنة.
shipped-preheader-arrives = موعد التوصيل المتوقع: { $date }
shipped-heading = طلبك في الطريق إليك
shipped-heading-part = جزء من طلبك في الطريق إليك
shipped-intro = خبر سارّ: شحنّا طلبك.
shipped-intro-carrier = خبر سارّ: سلّمنا طلبك إلى شركة الشحن { $carrier }.
shipped-intro-part = خبر سارّ: شحنّا جزءًا من طلبك، وسيصلك الباقي في شحنة أخرى.
shipped-intro-part-carrier = خبر سارّ: سلّمنا جزءًا من طلبك إلى شركة الشحن { $carrier }، وسيصلك الباقي في شحنة أخرى.
shipped-sms = من { $shop }: طلبك رقم { $number } في الطريق إليك.
shipped-sms-part = من { $shop }: جزء من طلبك رقم { $number } في الطريق إليك.
shipped-sms-arrives = التوصيل المتوقع: { $date }.
shipped-push-title = طلبك في الطريق إليك
shipped-push-title-part = جزء من طلبك في الطريق إليك
shipped-push-body = أرسلنا إليك شحنة من طلبك رقم { $number }.
shipped-push-body-carrier = شحنة من طلبك رقم { $number } في الطريق إليك مع { $carrier }.
shipped-push-body-arrives = الطلب رقم { $number }، موعد التوصيل المتوقع: { $date }.


## order.shipment_updated

tracking-subject = تحديث بشأن توصيل طلبك رقم { $number }
tracking-preheader = إليك كيفية تتبع شحنتك.
tracking-preheader-arrives = موعد التوصيل المتوقع: { $date }
tracking-heading = تحديث بشأن شحنتك
tracking-intro = لدينا تفاصيل جديدة عن توصيل طلبك. إليك آخر المعلومات.
tracking-sms = من { $shop }: تفاصيل جديدة عن توصيل طلبك رقم { $number }.
tracking-push-title = تحديث بشأن شحنتك
tracking-push-body = لدينا تفاصيل جديدة عن توصيل طلبك رقم { $number }.
tracking-push-body-arrives = الطلب رقم { $number }، موعد التوصيل المتوقع: { $date }.


## order.out_for_delivery

out-subject = شحنة طلبك رقم { $number } تصلك اليوم
out-preheader = خرجت شحنتك للتوصيل.
out-heading = شحنتك تصلك اليوم
out-intro = خرجت شحنتك للتوصيل، ومن المتوقع أن تصلك اليوم.
out-intro-carrier = خرجت شحنتك للتوصيل مع { $carrier }، ومن المتوقع أن تصلك اليوم.
out-sms = من { $shop }: من المتوقع أن تصلك شحنة طلبك رقم { $number } اليوم.
out-push-title = شحنتك تصلك اليوم
out-push-body = خرجت شحنة طلبك رقم { $number } للتوصيل.
out-push-body-carrier = شحنة طلبك رقم { $number } تصلك اليوم مع { $carrier }.


## order.delivered

delivered-subject = تم توصيل شحنة طلبك رقم { $number }
delivered-preheader = نأمل أن ينال طلبك إعجابك.
delivered-preheader-location = مكان الشحنة: { $location }
delivered-heading = تم توصيل شحنتك
delivered-intro = وصلت شحنتك. نأمل أن ينال طلبك إعجابك!
delivered-sms = من { $shop }: تم توصيل شحنة طلبك رقم { $number }.
delivered-sms-location = مكان الشحنة: { $location }.
delivered-push-title = تم توصيل شحنتك
delivered-push-body = تم توصيل شحنة طلبك رقم { $number }.
delivered-push-body-location = الطلب رقم { $number }، مكان الشحنة: { $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = طلبك رقم { $number } جاهز للاستلام
pickup-preheader = إليك مكان الاستلام.
pickup-preheader-until = طلبك بانتظارك حتى: { $date }
pickup-heading = طلبك جاهز للاستلام
pickup-intro = طلبك جاهز وبانتظارك.
pickup-intro-name = طلبك جاهز وبانتظارك لدى { $name }.
pickup-sms = من { $shop }: طلبك رقم { $number } جاهز للاستلام.
pickup-sms-name = من { $shop }: طلبك رقم { $number } جاهز للاستلام لدى { $name }.
pickup-sms-until = متاح حتى: { $date }.
pickup-sms-code = رمز الاستلام: { $code }.
pickup-push-title = طلبك جاهز للاستلام
pickup-push-body = طلبك رقم { $number } جاهز وبانتظارك.
pickup-push-body-name = طلبك رقم { $number } بانتظارك لدى { $name }
pickup-push-body-until = طلبك رقم { $number } بانتظارك حتى: { $date }


## order.edited

edited-subject = تم تعديل طلبك رقم { $number }
edited-preheader = إليك طلبك بعد التعديل.
edited-preheader-total = الإجمالي الجديد: { $total }.
edited-heading = تم تعديل طلبك
edited-intro = عدّلنا طلبك. إليك تفاصيله الآن.
edited-sms = من { $shop }: تم تعديل طلبك رقم { $number }.
edited-sms-total = من { $shop }: تم تعديل طلبك رقم { $number }. الإجمالي الجديد: { $total }.
edited-push-title = تم تعديل طلبك
edited-push-body = إليك تفاصيل طلبك رقم { $number } بعد التعديل.
edited-push-body-total = الطلب رقم { $number }، الإجمالي الجديد: { $total }.


## order.cancelled; "part" where only a part of the order is

cancelled-subject = تم إلغاء طلبك رقم { $number }
cancelled-subject-part = تم إلغاء جزء من طلبك رقم { $number }
cancelled-preheader = إليك تفاصيل الإلغاء وما بعده.
cancelled-preheader-refund = سنعيد إليك { $amount }.
cancelled-heading = تم إلغاء طلبك
cancelled-heading-part = تم إلغاء جزء من طلبك
# What happens to the money, after "has been cancelled".
cancelled-intro = إذا سبق لك الدفع، فسنعيد إليك المبلغ.
cancelled-intro-refund = سنعيد إليك { $amount }.
cancelled-intro-refund-to = سنعيد { $amount } إلى { $to }.
cancelled-sms = من { $shop }: تم إلغاء طلبك رقم { $number }.
cancelled-sms-part = من { $shop }: تم إلغاء جزء من طلبك رقم { $number }.
cancelled-sms-refund = سنعيد إليك { $amount }.
cancelled-push-title = تم إلغاء طلبك
cancelled-push-title-part = تم إلغاء جزء من طلبك
cancelled-push-body = تم إلغاء طلبك رقم { $number }.
cancelled-push-body-part = تم إلغاء جزء من طلبك رقم { $number }.
cancelled-push-body-refund = الطلب رقم { $number }: سنعيد إليك { $amount }.


## order.refunded: the money is on its way back

refunded-subject = المبلغ المسترد للطلب رقم { $number } في الطريق إليك
refunded-preheader = قد يستغرق ظهور المبلغ في حسابك بضعة أيام.
refunded-preheader-amount = أعدنا إليك { $amount }، وقد يستغرق وصول المبلغ بضعة أيام.
refunded-heading = المبلغ المسترد في الطريق إليك
refunded-intro = أعدنا إليك المبلغ، وقد يستغرق ظهوره في حسابك بضعة أيام.
refunded-intro-amount = أعدنا إليك { $amount }، وقد يستغرق ظهور المبلغ في حسابك بضعة أيام.
refunded-intro-amount-to = أعدنا { $amount } إلى { $to }، وقد يستغرق ظهور المبلغ في حسابك بضعة أيام.
refunded-sms = من { $shop }: المبلغ المسترد للطلب رقم { $number } في الطريق إليك.
refunded-sms-amount = من { $shop }: أعدنا إليك { $amount } عن الطلب رقم { $number }.
refunded-push-title = المبلغ المسترد في الطريق إليك
refunded-push-body = أعدنا إليك المبلغ المسترد للطلب رقم { $number }.
refunded-push-body-amount = أعدنا إليك { $amount } عن الطلب رقم { $number }.


## order.payment_failed

failed-subject = تعذّر إتمام الدفع لطلبك رقم { $number }
failed-preheader = يُرجى إعادة المحاولة لنتمكن من إرسال طلبك.
failed-heading = تعذّر إتمام الدفع
failed-intro = تعذّر إتمام الدفع لطلبك. يُرجى إعادة المحاولة أو اختيار طريقة دفع أخرى لنتمكن من إرساله.
failed-intro-amount = تعذّر إتمام دفع { $amount } لطلبك. يُرجى إعادة المحاولة أو اختيار طريقة دفع أخرى لنتمكن من إرساله.
failed-sms = من { $shop }: تعذّر دفع طلبك رقم { $number }. يُرجى إعادة المحاولة.
failed-push-title = تعذّر إتمام الدفع
failed-push-body = يُرجى إعادة المحاولة لنتمكن من إرسال طلبك رقم { $number }.
failed-push-body-amount = تعذّر دفع { $amount } للطلب رقم { $number }. يُرجى إعادة المحاولة لنتمكن من إرساله.


## order.refund_requested

refund-subject = استلمنا طلب الاسترداد الخاص بالطلب رقم { $number }
refund-preheader = سنراجعه ونرد عليك.
refund-heading = استلمنا طلب الاسترداد
refund-intro = شكرًا على تواصلك معنا. سنراجع طلب الاسترداد ونرد عليك في أقرب وقت ممكن.
refund-intro-amount = شكرًا على تواصلك معنا. سنراجع طلب استرداد { $amount } ونرد عليك في أقرب وقت ممكن.
refund-sms = من { $shop }: استلمنا طلب استرداد للطلب رقم { $number }. سنرد قريبًا.
refund-sms-amount = من { $shop }: استلمنا طلب استرداد { $amount } للطلب رقم { $number }. سنرد قريبًا.
refund-push-title = استلمنا طلب الاسترداد
refund-push-body = الطلب رقم { $number }: سنراجع طلب الاسترداد ونرد عليك.
refund-push-body-amount = الطلب رقم { $number }: سنراجع طلب استرداد { $amount } ونرد عليك.


## order.completed

completed-subject = ما رأيك في طلبك رقم { $number }؟
completed-preheader = رأيك يساعد الآخرين على الاختيار.
completed-heading = ما رأيك في طلبك؟
completed-intro = نأمل أن يكون طلبك قد نال إعجابك. تسعدنا معرفة رأيك؛ فبضع كلمات منك تساعد الآخرين على الاختيار، وتساعدنا على تقديم الأفضل.
completed-sms = من { $shop }: هل أعجبك طلبك رقم { $number }؟ تسعدنا معرفة رأيك: { $link }
completed-sms-linkless = من { $shop }: هل أعجبك طلبك رقم { $number }؟ تسعدنا معرفة رأيك.
completed-push-title = ما رأيك في طلبك؟
completed-push-body = رأيك في الطلب رقم { $number } يساعد الآخرين على الاختيار.
completed-push-body-item = رأيك في «{ $item }» يساعد الآخرين على الاختيار.
