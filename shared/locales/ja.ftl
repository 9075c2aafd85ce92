# Japanese.


## In every message

fact = { $label }：{ $value }
greeting = { $name } 様
greeting-nameless = お客様へ
footer-reason = このメールは、{ $shop }でご注文いただいたお客様にお送りしています。
footer-support = ご不明な点がございましたら、お気軽にお問い合わせください：{ $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = このメールは、{ $shop }でお買い物いただいたお客様にお送りしています。
unsubscribe = このようなお知らせの配信を停止する
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = ご注文に関するお知らせ
push-private-body = 通知を開いて、詳細をご確認ください。


## The pages where customers choose what they hear of

preferences = 受け取るお知らせを選ぶ
preferences-heading = どのお知らせを受け取りますか？
preferences-intro = { $shop }からお送りする内容と方法をお選びください。
preferences-save = 保存する
preferences-saved = 保存しました。ただいまから適用されます。
topic-order-updates = ご注文の状況
topic-order-updates-note = ご注文の確認、発送、お届けなどのお知らせです。
topic-required = ご注文の確認や返金など、必ずお送りするお知らせが含まれるため、少なくとも1つの方法を選んだままにしてください。
topic-reviews = レビューのお願い
topic-reviews-note = ご注文からしばらくして、商品のご感想をうかがいます。
channel-email = メール
channel-sms = SMS
channel-push = アプリの通知
unsubscribe-heading = 配信を停止しますか？
unsubscribe-question = { $shop }から次のお知らせをお送りしなくなります：{ $topic }
unsubscribe-button = 配信を停止する
unsubscribed-heading = 配信を停止しました
unsubscribed-text = { $shop }から次のお知らせはお送りしません：{ $topic }
unsubscribed-orders = ご注文の状況は引き続きお知らせします。
problem-heading = うまくいきませんでした
problem-link = このリンクは無効です。メッセージからもう一度開き、リンクが途中で切れていないかご確認ください。設定は変更されていません。
problem-expired = このリンクは有効期限が切れています。最新のお知らせの末尾にある新しいリンクをご利用ください。設定は変更されていません。
problem-unknown-order = このリンクのご注文は保存期間を過ぎているため、設定を変更できませんでした。お手数ですがお問い合わせください。
problem-one-channel = 設定は変更されていません。ご注文の状況については、少なくとも1つの方法を選んでください。
problem-form = 送信された内容を読み取れませんでした。設定は変更されていません。
problem-later = ただいま手続きができません。数分後にもう一度お試しください。
problem-page = ページが見つかりません。


## Facts

label-number = ご注文番号
label-placed-on = ご注文日
label-amount-paid = お支払い金額
label-payment-method = お支払い方法
label-paid-on = お支払い日
label-carrier = 配送業者
label-tracking-number = 追跡番号
label-arrives-on = お届け予定
label-amount-requested = 返金ご希望額
label-requested-on = ご依頼日
label-reason = 理由
label-shipping-method = 配送方法
label-delivered-on = 配達完了日
# Where a parcel was left, or with whom: "With your neighbour".
label-location = お届け場所
label-amount-due = お支払い残額
label-refunded-amount = 返金額
label-refund-shipping = うち送料
label-refund-to = 返金先
label-refunded-on = 返金日
label-previous-total = 変更前の合計
label-new-total = 変更後の合計
label-pickup-until = 受取期限
label-pickup-code = 受取コード
label-tax-id = 納税者番号
# How to pay by bank transfer.
label-account-holder = 口座名義
label-iban = IBAN
label-bic = BIC
label-payment-reference = お振込み時の記載内容
label-pay-by = お支払い期限


## Items, sums, address

items-ordered = ご注文内容
items-shipped = 今回お届けする商品
items-rest = 今回のお届けに含まれない商品
items-rest-note = まだお手元に届いていない商品は、別便でお届けいたします。
items-refund = 返金をご依頼の商品
items-review = お買い上げの商品
items-now = 現在のご注文内容
items-cancelled = キャンセルとなった商品
items-refunded = 返金対象の商品
items-pickup = お受け取りいただく商品
# The lines of a long order that are not shown.
items-more = ほか{ $count }点
quantity = 数量：{ $quantity }
quantity-of = 数量：{ $quantity }（ご注文数：{ $ordered }）
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = 割引前 { $price }
line-discount = 割引：{ $amount }
download = ダウンロード
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = お荷物一覧
total-subtotal = 小計
total-discount = 割引
total-shipping = 送料
total-shipping-free = 無料
total-tax = 消費税
total-tax-included = うち消費税
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = うち{ $tax }
total-fee = 手数料
total-tip = チップ
total-gift-card = ギフトカード
total-rounding = 端数調整
total-total = 合計
total-paid = お支払い済み
total-due = お支払い残額
address = お届け先
billing-address = ご請求先
pickup-point = 受取場所
opening-hours = 営業時間
payment-instructions = お支払いのご案内
changes = 変更内容
order-note = 備考
gift-message = ギフトメッセージ


## Links

action-order = ご注文内容を確認する
action-track = 配送状況を確認する
action-review = レビューを書く
action-invoice = 請求書を確認する
action-pay = お支払いに進む
sms-link-order = 詳細：{ $link }
sms-link-track = 配送状況：{ $link }
sms-link-pay = お支払い：{ $link }


## order.created

created-subject = ご注文 { $number } を承りました
created-preheader = ありがとうございます。発送いたしましたら、すぐにお知らせいたします。
created-heading = ご注文ありがとうございます
created-intro = ご注文を承りました。商品を発送いたしましたら、すぐにお知らせいたします。
created-sms = { $shop }：ご注文 { $number }（合計{ $total }）を承りました。ありがとうございます。
# Where no total is shown, as the order is a gift.
created-sms-plain = { $shop }：ご注文 { $number } を承りました。ありがとうございます。
created-push-title = ご注文を承りました
created-push-body = ご注文番号 { $number }、合計{ $total }。発送しましたら、すぐにお知らせします。
created-push-body-plain = ご注文番号 { $number }。発送しましたら、すぐにお知らせします。


## order.paid

paid-subject = ご注文 { $number } のお支払いを確認いたしました
paid-preheader = ありがとうございます。商品の準備を進めております。
paid-preheader-amount = { $amount }のお支払いを確認いたしました。商品の準備を進めております。
paid-heading = お支払いを確認いたしました
paid-intro = ありがとうございます。お支払いを確認し、商品の準備を進めております。
paid-intro-amount = ありがとうございます。{ $amount }のお支払いを確認し、商品の準備を進めております。
paid-sms = { $shop }：ご注文 { $number } のお支払いを確認しました。ありがとうございます。
paid-sms-amount = { $shop }：ご注文 { $number } のお支払い（{ $amount }）を確認しました。ありがとうございます。
paid-push-title = お支払いを確認しました
paid-push-body = ありがとうございます。ご注文 { $number } の準備を進めています。
paid-push-body-amount = ありがとうございます。ご注文 { $number } のお支払い（{ $amount }）を確認し、商品の準備を進めています。
# A part of the order is paid.
paid-intro-due = ありがとうございます。{ $amount }のお支払いを確認いたしました。お支払い残額は{ $due }です。
# There was nothing to pay.
paid-subject-free = ご注文 { $number } が確定いたしました
paid-preheader-free = お支払いは不要です。商品の準備を進めております。
paid-heading-free = ご注文が確定いたしました
paid-intro-free = 今回のご注文にお支払いは必要ございません。商品の準備を進めております。
paid-sms-free = { $shop }：ご注文 { $number } が確定しました。お支払いは不要です。
paid-push-title-free = ご注文が確定しました
paid-push-body-free = ご注文 { $number } のお支払いは不要です。商品の準備を進めています。


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = ご注文 { $number } の商品を発送いたしました
shipped-subject-part = ご注文 { $number } の商品の一部を発送いたしました
shipped-preheader = 今回お届けする商品をご確認ください。
shipped-preheader-arrives = お届け予定：{ $date }
shipped-heading = ご注文の商品を発送いたしました
shipped-heading-part = ご注文の商品の一部を発送いたしました
shipped-intro = お待たせいたしました。ご注文の商品を発送いたしました。
shipped-intro-carrier = お待たせいたしました。ご注文の商品を{ $carrier }にて発送いたしました。
shipped-intro-part = お待たせいたしました。ご注文の商品の一部を発送いたしました。残りの商品は別便でお届けいたします。
shipped-intro-part-carrier = お待たせいたしました。ご注文の商品の一部を{ $carrier }にて発送いたしました。残りの商品は別便でお届けいたします。
shipped-sms = { $shop }：ご注文 { $number } の商品を発送しました。
shipped-sms-part = { $shop }：ご注文 { $number } の商品の一部を発送しました。
shipped-sms-arrives = お届け予定：{ $date }。
shipped-push-title = ご注文の商品を発送しました
shipped-push-title-part = ご注文の一部を発送しました
shipped-push-body = ご注文 { $number } のお荷物を発送しました。
shipped-push-body-carrier = ご注文 { $number } のお荷物を{ $carrier }にて発送しました。
shipped-push-body-arrives = ご注文 { $number } のお届け予定：{ $date }


## order.shipment_updated

tracking-subject = ご注文 { $number } の配送に関するお知らせ
tracking-preheader = 最新の配送状況をご確認いただけます。
tracking-preheader-arrives = お届け予定：{ $date }
tracking-heading = 配送に関するお知らせ
tracking-intro = ご注文の商品の配送情報が更新されました。最新の内容をご確認ください。
tracking-sms = { $shop }：ご注文 { $number } の配送情報が更新されました。
tracking-push-title = 配送に関するお知らせ
tracking-push-body = ご注文 { $number } の配送情報が更新されました。
tracking-push-body-arrives = ご注文 { $number } のお届け予定：{ $date }


## order.out_for_delivery

out-subject = ご注文 { $number } のお荷物は本日お届け予定です
out-preheader = お荷物は現在配達中です。
out-heading = 本日お届け予定です
out-intro = お荷物は現在配達中で、本日お届けする予定です。
out-intro-carrier = お荷物は現在{ $carrier }が配達中で、本日お届けする予定です。
out-sms = { $shop }：ご注文 { $number } のお荷物は本日お届け予定です。
out-push-title = 本日お届け予定です
out-push-body = ご注文 { $number } のお荷物は現在配達中です。
out-push-body-carrier = ご注文 { $number } のお荷物は、本日{ $carrier }がお届けする予定です。


## order.delivered

delivered-subject = ご注文 { $number } のお荷物をお届けしました
delivered-preheader = お気に召していただければ幸いです。
delivered-preheader-location = お届け場所：{ $location }
delivered-heading = お荷物をお届けしました
delivered-intro = お荷物をお届けいたしました。商品をお気に召していただければ幸いです。
delivered-sms = { $shop }：ご注文 { $number } のお荷物をお届けしました。
delivered-sms-location = お届け場所：{ $location }。
delivered-push-title = お荷物をお届けしました
delivered-push-body = ご注文 { $number } のお荷物をお届けしました。
delivered-push-body-location = ご注文 { $number } のお届け場所：{ $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = ご注文 { $number } のお受け取り準備が整いました
pickup-preheader = 受取場所をご確認ください。
pickup-preheader-until = 受取期限：{ $date }
pickup-heading = お受け取りの準備が整いました
pickup-intro = ご注文の商品のお受け取り準備が整いました。ご都合のよいときにお受け取りください。
pickup-intro-name = ご注文の商品のお受け取り準備が整いました。受取場所：{ $name }
pickup-sms = { $shop }：ご注文 { $number } のお受け取り準備ができました。
pickup-sms-name = { $shop }：ご注文 { $number } を{ $name }でお受け取りいただけます。
pickup-sms-until = 受取期限：{ $date }。
pickup-sms-code = 受取コード：{ $code }。
pickup-push-title = お受け取りの準備ができました
pickup-push-body = ご注文 { $number } の商品をお受け取りいただけます。
pickup-push-body-name = ご注文 { $number } の商品を{ $name }でお受け取りいただけます。
pickup-push-body-until = ご注文 { $number } の商品をお受け取りいただけます。受取期限：{ $date }


## order.edited

edited-subject = ご注文 { $number } の内容が変更されました
edited-preheader = 変更後の内容をご確認ください。
edited-preheader-total = 変更後の合計は{ $total }です。
edited-heading = ご注文内容が変更されました
edited-intro = ご注文内容を変更いたしました。変更後の内容をご確認ください。
edited-sms = { $shop }：ご注文 { $number } の内容が変更されました。
edited-sms-total = { $shop }：ご注文 { $number } の内容が変更されました。変更後の合計：{ $total }。
edited-push-title = ご注文内容が変更されました
edited-push-body = ご注文 { $number } の変更後の内容をご確認ください。
edited-push-body-total = ご注文 { $number } の変更後の合計は{ $total }です。


## order.cancelled; "part" where only a part of the order is

cancelled-subject = ご注文 { $number } がキャンセルとなりました
cancelled-subject-part = ご注文 { $number } の一部がキャンセルとなりました
cancelled-preheader = 今後の流れをご確認ください。
cancelled-preheader-refund = { $amount }を返金いたします。
cancelled-heading = ご注文がキャンセルとなりました
cancelled-heading-part = ご注文の一部がキャンセルとなりました
# What happens to the money, after "has been cancelled".
cancelled-intro = すでにお支払いいただいている場合は、返金いたします。
cancelled-intro-refund = { $amount }を返金いたします。
cancelled-intro-refund-to = { $amount }を返金いたします。返金先：{ $to }
cancelled-sms = { $shop }：ご注文 { $number } がキャンセルとなりました。
cancelled-sms-part = { $shop }：ご注文 { $number } の一部がキャンセルとなりました。
cancelled-sms-refund = { $amount }を返金します。
cancelled-push-title = ご注文のキャンセルのお知らせ
cancelled-push-title-part = ご注文の一部キャンセルのお知らせ
cancelled-push-body = ご注文 { $number } がキャンセルとなりました。
cancelled-push-body-part = ご注文 { $number } の一部がキャンセルとなりました。
cancelled-push-body-refund = ご注文 { $number }：{ $amount }を返金します。


## order.refunded: the money is on its way back

refunded-subject = ご注文 { $number } の返金手続きを行いました
refunded-preheader = 返金が反映されるまで、数日かかる場合がございます。
refunded-preheader-amount = { $amount }の返金手続きを行いました。
refunded-heading = 返金手続きを行いました
refunded-intro = 返金のお手続きをいたしました。反映されるまで、数日かかる場合がございます。
refunded-intro-amount = { $amount }の返金のお手続きをいたしました。反映されるまで、数日かかる場合がございます。
refunded-intro-amount-to = { $amount }の返金のお手続きをいたしました（返金先：{ $to }）。反映されるまで、数日かかる場合がございます。
refunded-sms = { $shop }：ご注文 { $number } の返金手続きを行いました。
refunded-sms-amount = { $shop }：ご注文 { $number } の返金手続き（{ $amount }）を行いました。
refunded-push-title = 返金手続きを行いました
refunded-push-body = ご注文 { $number } の返金手続きを行いました。
refunded-push-body-amount = ご注文 { $number } の返金手続き（{ $amount }）を行いました。


## order.payment_failed

failed-subject = ご注文 { $number } のお支払いを完了できませんでした
failed-preheader = お手数ですが、もう一度お支払いのお手続きをお願いいたします。
failed-heading = お支払いを完了できませんでした
failed-intro = ご注文のお支払いを完了できませんでした。お手数ですが、もう一度お試しいただくか、別のお支払い方法をご利用ください。お支払いを確認でき次第、商品を発送いたします。
failed-intro-amount = ご注文のお支払い（{ $amount }）を完了できませんでした。お手数ですが、もう一度お試しいただくか、別のお支払い方法をご利用ください。お支払いを確認でき次第、商品を発送いたします。
failed-sms = { $shop }：ご注文 { $number } のお支払いを完了できませんでした。もう一度お試しください。
failed-push-title = お支払いを完了できませんでした
failed-push-body = ご注文 { $number } の発送のため、もう一度お支払いをお試しください。
failed-push-body-amount = ご注文 { $number }（{ $amount }）の発送のため、もう一度お支払いをお試しください。


## order.refund_requested

refund-subject = ご注文 { $number } の返金のご依頼を受け付けました
refund-preheader = ご依頼の内容を確認し、結果をご連絡いたします。
refund-heading = 返金のご依頼を受け付けました
refund-intro = ご連絡ありがとうございます。ご依頼の内容を確認し、結果をできるだけ早くご連絡いたします。
refund-intro-amount = ご連絡ありがとうございます。返金のご依頼（ご希望額：{ $amount }）の内容を確認し、結果をできるだけ早くご連絡いたします。
refund-sms = { $shop }：ご注文 { $number } の返金のご依頼を受け付けました。追ってご連絡します。
refund-sms-amount = { $shop }：ご注文 { $number } の返金のご依頼（ご希望額：{ $amount }）を受け付けました。追ってご連絡します。
refund-push-title = 返金のご依頼を受け付けました
refund-push-body = ご注文 { $number }：ご依頼の内容を確認し、結果をご連絡します。
refund-push-body-amount = ご注文 { $number }（返金ご希望額：{ $amount }）：内容を確認し、結果をご連絡します。


## order.completed

completed-subject = ご注文 { $number } の商品はいかがでしたか？
completed-preheader = お客様のひと言が、ほかの方の参考になります。
completed-heading = お買い上げの商品はいかがでしたか？
completed-intro = お届けした商品はお気に召しましたでしょうか。よろしければ、ご感想をお聞かせください。ほかのお客様の商品選びの参考になり、サービスの向上にもつながります。
completed-sms = { $shop }：ご注文 { $number } の商品はいかがでしたか？ご感想をお聞かせください：{ $link }
completed-sms-linkless = { $shop }：ご注文 { $number } の商品はいかがでしたか？ご感想をお聞かせください。
completed-push-title = 商品はいかがでしたか？
completed-push-body = ご注文 { $number } のご感想をお聞かせください。ほかの方の参考になります。
completed-push-body-item = 「{ $item }」のご感想をお聞かせください。ほかの方の参考になります。
