# Japanese.


## In every message

fact = { $label }：{ $value }
greeting = { $name } 様
greeting-nameless = お客様へ
footer-reason = このメールは、{ $shop }でご注文いただいたお客様にお送りしています。
footer-support = ご不明な点がございましたら、お気軽にお問い合わせください：{ $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = このメールは、{ $shop }でお買い物いただいたお客様にお送りしています。
unsubscribe = このようなメッセージの配信を停止する
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = ご注文に関するお知らせ
push-private-body = 開いて詳細をご確認ください。


## Facts

label-number = ご注文番号
label-placed-on = ご注文日
label-amount-paid = お支払い金額
label-payment-method = お支払い方法
label-paid-on = お支払い日
label-carrier = 配送業者
label-tracking-number = 追跡番号
label-arrives-on = お届け予定日
label-amount-requested = 返金ご希望額
label-requested-on = ご依頼日
label-reason = 返金の理由


## Items, sums, address

items-ordered = ご注文内容
items-shipped = 今回お届けする商品
items-rest = 今回のお届けに含まれない商品
items-rest-note = まだお手元に届いていない商品は、別便でお届けいたします。
items-refund = 返金ご依頼の商品
items-review = お買い上げの商品
# The lines of a long order that are not shown.
items-more = ほか{ $count }点
quantity = 数量：{ $quantity }
quantity-of = 数量：{ $quantity }（ご注文数：{ $ordered }）
quantity-price = { $quantity } × { $price }
total-subtotal = 小計
total-discount = 割引
total-shipping = 送料
total-shipping-free = 無料
total-tax = 税額
total-tax-included = うち税額
total-total = 合計
address = お届け先


## Links

action-order = ご注文内容を確認する
action-track = 配送状況を確認する
action-review = レビューを書く
sms-link-order = 詳細：{ $link }
sms-link-track = 配送状況：{ $link }


## order.created

created-subject = ご注文 { $number } を承りました
created-preheader = ありがとうございます。発送いたしましたら、すぐにお知らせいたします。
created-heading = ご注文ありがとうございます
created-intro = ご注文を承りました。商品を発送いたしましたら、すぐにお知らせいたします。
created-sms = { $shop }：ご注文ありがとうございます。ご注文 { $number }（合計{ $total }）を承りました。
created-push-title = ご注文を承りました
created-push-body = ご注文 { $number }（合計{ $total }）。発送しましたら、すぐにお知らせします。


## order.paid

paid-subject = ご注文 { $number } のお支払いを確認いたしました
paid-preheader = ありがとうございます。商品の準備を進めております。
paid-preheader-amount = { $amount }のお支払い、ありがとうございます。商品の準備を進めております。
paid-heading = お支払いを確認いたしました
paid-intro = ありがとうございます。お支払いを確認し、商品の準備を進めております。
paid-intro-amount = ありがとうございます。{ $amount }のお支払いを確認し、商品の準備を進めております。
paid-sms = { $shop }：ご注文 { $number } のお支払いを確認しました。ありがとうございます。
paid-sms-amount = { $shop }：ご注文 { $number } のお支払い（{ $amount }）を確認しました。ありがとうございます。
paid-push-title = お支払いを確認しました
paid-push-body = ありがとうございます。ご注文 { $number } の準備を進めています。
paid-push-body-amount = ご注文 { $number } のお支払い（{ $amount }）を確認しました。ありがとうございます。商品の準備を進めています。


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = ご注文 { $number } の商品を発送いたしました
shipped-subject-part = ご注文 { $number } の商品の一部を発送いたしました
shipped-preheader = お届けする商品をご確認ください。
shipped-preheader-arrives = お届け予定日：{ $date }
shipped-heading = ご注文の商品を発送いたしました
shipped-heading-part = ご注文の商品の一部を発送いたしました
shipped-intro = お待たせいたしました。ご注文の商品を発送いたしました。
shipped-intro-carrier = お待たせいたしました。ご注文の商品を{ $carrier }にて発送いたしました。
shipped-intro-part = お待たせいたしました。ご注文の商品の一部を発送いたしました。残りの商品は別便でお届けいたします。
shipped-intro-part-carrier = お待たせいたしました。ご注文の商品の一部を{ $carrier }にて発送いたしました。残りの商品は別便でお届けいたします。
shipped-sms = { $shop }：ご注文 { $number } の商品を発送しました。
shipped-sms-part = { $shop }：ご注文 { $number } の商品の一部を発送しました。
shipped-sms-arrives = お届け予定日：{ $date }。
shipped-push-title = ご注文の商品を発送しました
shipped-push-title-part = ご注文の一部を発送しました
shipped-push-body = ご注文 { $number } のお荷物を発送しました。
shipped-push-body-carrier = ご注文 { $number } のお荷物を{ $carrier }にて発送しました。
shipped-push-body-arrives = ご注文 { $number } のお届け予定日は{ $date }です。


## order.refund_requested

refund-subject = ご注文 { $number } の返金のご依頼を受け付けました
refund-preheader = 内容を確認のうえ、ご連絡いたします。
refund-heading = 返金のご依頼を受け付けました
refund-intro = ご連絡ありがとうございます。ご依頼の内容を確認のうえ、できるだけ早くご連絡いたします。
refund-intro-amount = ご連絡ありがとうございます。{ $amount }の返金のご依頼について内容を確認のうえ、できるだけ早くご連絡いたします。
refund-sms = { $shop }：ご注文 { $number } の返金のご依頼を受け付けました。追ってご連絡します。
refund-sms-amount = { $shop }：ご注文 { $number } の返金のご依頼（{ $amount }）を受け付けました。追ってご連絡します。
refund-push-title = 返金のご依頼を受け付けました
refund-push-body = ご注文 { $number }：内容を確認のうえ、ご連絡します。
refund-push-body-amount = ご注文 { $number }（{ $amount }）：内容を確認のうえ、ご連絡します。


## order.completed

completed-subject = ご注文 { $number } の商品はいかがでしたか？
completed-preheader = お客様のひと言が、ほかの方の参考になります。
completed-heading = お買い上げの商品はいかがでしたか？
completed-intro = お届けした商品はお気に召しましたでしょうか。よろしければ、ご感想をお聞かせください。ほかのお客様の商品選びの参考になり、私たちのサービス向上にもつながります。
completed-sms = { $shop }：ご注文 { $number } の商品はいかがでしたか？ご感想をお聞かせください：{ $link }
completed-sms-linkless = { $shop }：ご注文 { $number } の商品はいかがでしたか？ご感想をお聞かせください。
completed-push-title = 商品はいかがでしたか？
completed-push-body = ご注文 { $number } のご感想をお聞かせください。ほかの方の参考になります。
completed-push-body-item = 「{ $item }」のご感想をお聞かせください。ほかの方の参考になります。
