# Traditional Chinese, for Taiwan.


## In every message

fact = { $label }：{ $value }
greeting = { $name } 您好：
greeting-nameless = 您好：
footer-reason = 您收到這封電子郵件，是因為您在 { $shop } 訂購了商品。
footer-support = 如有任何問題，歡迎與我們聯絡：{ $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = 您收到這封電子郵件，是因為您曾在 { $shop } 購物。
unsubscribe = 取消訂閱此類訊息
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = 您的訂單有新消息
push-private-body = 點開即可查看詳情。


## Facts

label-number = 訂單編號
label-placed-on = 訂購日期
label-amount-paid = 付款金額
label-payment-method = 付款方式
label-paid-on = 付款日期
label-carrier = 物流公司
label-tracking-number = 物流單號
label-arrives-on = 預計送達日
label-amount-requested = 申請退款金額
label-requested-on = 申請日期
label-reason = 退款原因


## Items, sums, address

items-ordered = 訂購商品
items-shipped = 此包裹內的商品
items-rest = 不在此包裹內的商品
items-rest-note = 以下商品若您尚未收到，將隨其他包裹送達。
items-refund = 申請退款的商品
items-review = 您購買的商品
# The lines of a long order that are not shown.
items-more = 及其他 { $count } 項商品
quantity = 數量：{ $quantity }
quantity-of = 數量：{ $quantity }（共訂購 { $ordered } 件）
quantity-price = { $quantity } × { $price }
total-subtotal = 商品小計
total-discount = 折扣
total-shipping = 運費
total-shipping-free = 免運費
total-tax = 稅額
total-tax-included = 內含稅額
total-total = 總計
address = 收件地址


## Links

action-order = 查看訂單
action-track = 追蹤包裹
action-review = 撰寫評價
sms-link-order = 查看訂單：{ $link }
sms-link-track = 追蹤包裹：{ $link }


## order.created

created-subject = 我們已收到您的訂單 { $number }
created-preheader = 感謝您的訂購！商品一出貨，我們就會通知您。
created-heading = 感謝您的訂購
created-intro = 我們已收到您的訂單，商品一出貨就會通知您。
created-sms = 【{ $shop }】感謝您的訂購！已收到訂單 { $number }，金額 { $total }。
created-push-title = 我們已收到您的訂單
created-push-body = 訂單 { $number }，金額 { $total }。商品一出貨，我們就會通知您。


## order.paid

paid-subject = 已收到訂單 { $number } 的付款
paid-preheader = 感謝您的付款！我們正在為您備貨。
paid-preheader-amount = 已收到 { $amount }，謝謝您！我們正在為您備貨。
paid-heading = 我們已收到您的付款
paid-intro = 謝謝您！我們已收到您的付款，正在為您備貨。
paid-intro-amount = 謝謝您！我們已收到您的付款 { $amount }，正在為您備貨。
paid-sms = 【{ $shop }】已收到訂單 { $number } 的付款，謝謝您！
paid-sms-amount = 【{ $shop }】已收到訂單 { $number } 的付款 { $amount }，謝謝您！
paid-push-title = 已收到您的付款
paid-push-body = 謝謝您！我們正在為訂單 { $number } 備貨。
paid-push-body-amount = 謝謝您！已收到訂單 { $number } 的付款 { $amount }，我們正在為您備貨。


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = 您的訂單 { $number } 已出貨
shipped-subject-part = 您的訂單 { $number } 有部分商品已出貨
shipped-preheader = 看看這個包裹裡有什麼。
shipped-preheader-arrives = 預計送達日：{ $date }
shipped-heading = 您的訂單已出貨
shipped-heading-part = 您訂購的部分商品已出貨
shipped-intro = 好消息！您的訂單已出貨，請留意收件。
shipped-intro-carrier = 好消息！您的訂單已交由 { $carrier } 配送，請留意收件。
shipped-intro-part = 好消息！您訂購的部分商品已出貨，其餘商品將分開送達。
shipped-intro-part-carrier = 好消息！您訂購的部分商品已交由 { $carrier } 配送，其餘商品將分開送達。
shipped-sms = 【{ $shop }】您的訂單 { $number } 已出貨。
shipped-sms-part = 【{ $shop }】您的訂單 { $number } 有部分商品已出貨。
shipped-sms-arrives = 預計 { $date }送達。
shipped-push-title = 您的訂單已出貨
shipped-push-title-part = 您訂購的部分商品已出貨
shipped-push-body = 訂單 { $number } 的包裹已寄出，請留意收件。
shipped-push-body-carrier = 訂單 { $number } 的包裹已交由 { $carrier } 配送，請留意收件。
shipped-push-body-arrives = 訂單 { $number } 的包裹預計 { $date }送達。


## order.refund_requested

refund-subject = 我們已收到訂單 { $number } 的退款申請
refund-preheader = 我們會盡快確認並回覆您。
refund-heading = 我們已收到您的退款申請
refund-intro = 感謝您的告知。我們會盡快確認您的退款申請，並將結果通知您。
refund-intro-amount = 感謝您的告知。我們會盡快確認您的退款申請（{ $amount }），並將結果通知您。
refund-sms = 【{ $shop }】已收到訂單 { $number } 的退款申請，我們會盡快回覆您。
refund-sms-amount = 【{ $shop }】已收到訂單 { $number } 的退款申請，金額 { $amount }，我們會盡快回覆您。
refund-push-title = 已收到您的退款申請
refund-push-body = 訂單 { $number }：我們會盡快確認並回覆您。
refund-push-body-amount = 訂單 { $number }，{ $amount }：我們會盡快確認並回覆您。


## order.completed

completed-subject = 訂單 { $number } 的商品您還滿意嗎？
completed-preheader = 您的幾句心得，能幫助其他人選購。
completed-heading = 您對這次購買的商品還滿意嗎？
completed-intro = 希望您喜歡這次購買的商品。歡迎分享您的使用心得，短短幾句話就能幫助其他人選購，也能讓我們做得更好。
completed-sms = 【{ $shop }】訂單 { $number } 的商品您還滿意嗎？歡迎分享您的心得：{ $link }
completed-sms-linkless = 【{ $shop }】訂單 { $number } 的商品您還滿意嗎？歡迎分享您的心得。
completed-push-title = 您對這次購買的商品還滿意嗎？
completed-push-body = 歡迎評價訂單 { $number }，您的心得能幫助其他人選購。
completed-push-body-item = 歡迎評價「{ $item }」，您的心得能幫助其他人選購。
