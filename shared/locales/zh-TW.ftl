# Traditional Chinese, for Taiwan, Hong Kong and Macau. $date may be a day, two days
# or a day with times, so it stands after a colon.


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
push-private-title = 您的訂單有最新消息
push-private-body = 點開即可查看詳情。


## The pages where customers choose what they hear of

preferences = 選擇接收哪些訊息
preferences-heading = 您想接收哪些訊息？
preferences-intro = 請選擇 { $shop } 可以傳送給您的內容與方式。
preferences-save = 儲存
preferences-saved = 已儲存，即刻生效。
topic-order-updates = 訂單動態
topic-order-updates-note = 訂單的最新進度：已確認、已出貨、已送達。
topic-required = 其中訂單確認、退款等訊息必須傳送，因此請至少保留一種方式。
topic-reviews = 評價邀請
topic-reviews-note = 下單一段時間後，我們會詢問您的使用心得。
channel-email = 電子郵件
channel-sms = 簡訊
channel-push = 應用程式通知
unsubscribe-heading = 要取消訂閱嗎？
unsubscribe-question = { $shop } 將不再傳送此類訊息給您：{ $topic }。
unsubscribe-button = 取消訂閱
unsubscribed-heading = 您已取消訂閱
unsubscribed-text = { $shop } 將不再傳送此類訊息給您：{ $topic }。
unsubscribed-orders = 您仍會收到訂單動態。
problem-heading = 操作未成功
problem-link = 此連結無效。請從訊息中重新開啟，並確認連結完整。未做任何變更。
problem-expired = 此連結已過期。您可以在我們最近一則訊息的末尾找到新連結。未做任何變更。
problem-unknown-order = 我們已不再保存此連結對應的訂單，因此未做任何變更。請與我們聯絡。
problem-one-channel = 未做任何變更：請至少為訂單動態保留一種方式。
problem-form = 無法讀取送出的內容。未做任何變更。
problem-later = 暫時無法完成操作，請過幾分鐘再試。
problem-page = 沒有這個頁面。


## Facts

label-number = 訂單編號
label-placed-on = 訂購日期
label-amount-paid = 付款金額
label-payment-method = 付款方式
label-paid-on = 付款日期
label-carrier = 物流公司
label-tracking-number = 物流單號
label-arrives-on = 預計送達
label-amount-requested = 申請退款金額
label-requested-on = 申請日期
label-reason = 原因
label-shipping-method = 配送方式
label-delivered-on = 送達日期
# Where a parcel was left, or with whom: "With your neighbour".
label-location = 包裹位置
label-amount-due = 待付金額
label-refunded-amount = 退款金額
label-refund-shipping = 其中運費
label-refund-to = 退款至
label-refunded-on = 退款日期
label-previous-total = 變更前總計
label-new-total = 變更後總計
label-pickup-until = 為您保留至
label-pickup-code = 取貨碼
label-tax-id = 稅務編號
# How to pay by bank transfer.
label-account-holder = 收款戶名
label-iban = IBAN 帳號
label-bic = BIC（SWIFT 代碼）
label-payment-reference = 匯款附言
label-pay-by = 付款期限


## Items, sums, address

items-ordered = 訂購商品
items-shipped = 此包裹內的商品
items-rest = 不在此包裹內的商品
items-rest-note = 以下商品若您尚未收到，將隨其他包裹送達。
items-refund = 申請退款的商品
items-review = 您購買的商品
items-now = 變更後的訂單
items-cancelled = 已取消的商品
items-refunded = 已退款的商品
items-pickup = 待取貨商品
# The lines of a long order that are not shown.
items-more = 及其他 { $count } 項商品
quantity = 數量：{ $quantity }
quantity-of = 數量：{ $quantity }（訂購數量：{ $ordered }）
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = 原價 { $price }
line-discount = 折扣：{ $amount }
download = 下載
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = 您的包裹
total-subtotal = 商品小計
total-discount = 折扣
total-shipping = 運費
total-shipping-free = 免運費
total-tax = 稅額
total-tax-included = 內含稅額
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = 內含 { $tax }
total-fee = 手續費
total-tip = 小費
total-gift-card = 禮品卡
total-rounding = 尾數調整
total-total = 總計
total-paid = 已付金額
total-due = 待付金額
address = 收件地址
billing-address = 帳單地址
pickup-point = 取貨地點
opening-hours = 營業時間
payment-instructions = 付款說明
changes = 變更內容
order-note = 訂單備註
gift-message = 禮物留言


## Links

action-order = 查看訂單
action-track = 追蹤包裹
action-review = 撰寫評價
action-invoice = 查看發票
action-pay = 立即付款
sms-link-order = 查看訂單：{ $link }
sms-link-track = 追蹤包裹：{ $link }
sms-link-pay = 立即付款：{ $link }


## order.created

created-subject = 我們已收到您的訂單 { $number }
created-preheader = 感謝您的訂購！商品一出貨，我們就會通知您。
created-heading = 感謝您的訂購
created-intro = 我們已收到您的訂單，商品一出貨就會通知您。
created-sms = 【{ $shop }】感謝您的訂購！已收到訂單 { $number }，金額 { $total }。
# Where no total is shown, as the order is a gift.
created-sms-plain = 【{ $shop }】感謝您的訂購！已收到訂單 { $number }。
created-push-title = 我們已收到您的訂單
created-push-body = 訂單 { $number }，金額 { $total }。商品一出貨，我們就會通知您。
created-push-body-plain = 訂單 { $number }：商品一出貨，我們就會通知您。


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
# A part of the order is paid.
paid-intro-due = 謝謝您！我們已收到您的付款 { $amount }，尚有 { $due } 待付。
# There was nothing to pay.
paid-subject-free = 您的訂單 { $number } 已確認
paid-preheader-free = 此訂單無須付款，我們正在為您備貨。
paid-heading-free = 您的訂單已確認
paid-intro-free = 此訂單無須付款，我們正在為您備貨。
paid-sms-free = 【{ $shop }】訂單 { $number } 已確認，無須付款。
paid-push-title-free = 訂單已確認
paid-push-body-free = 訂單 { $number } 無須付款，我們正在為您備貨。


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = 您的訂單 { $number } 已出貨
shipped-subject-part = 您的訂單 { $number } 有部分商品已出貨
shipped-preheader = 看看這個包裹裡有什麼。
shipped-preheader-arrives = 預計送達：{ $date }
shipped-heading = 您的訂單已出貨
shipped-heading-part = 您訂購的部分商品已出貨
shipped-intro = 好消息！您的訂單已出貨，請留意收件。
shipped-intro-carrier = 好消息！您的訂單已交由 { $carrier } 配送，請留意收件。
shipped-intro-part = 好消息！您訂購的部分商品已出貨，其餘商品將分開送達。
shipped-intro-part-carrier = 好消息！您訂購的部分商品已交由 { $carrier } 配送，其餘商品將分開送達。
shipped-sms = 【{ $shop }】您的訂單 { $number } 已出貨。
shipped-sms-part = 【{ $shop }】您的訂單 { $number } 有部分商品已出貨。
shipped-sms-arrives = 預計送達：{ $date }。
shipped-push-title = 您的訂單已出貨
shipped-push-title-part = 您訂購的部分商品已出貨
shipped-push-body = 訂單 { $number } 的包裹已寄出，請留意收件。
shipped-push-body-carrier = 訂單 { $number } 的包裹已交由 { $carrier } 配送，請留意收件。
shipped-push-body-arrives = 訂單 { $number }，預計送達：{ $date }


## order.shipment_updated

tracking-subject = 您的訂單 { $number } 有新的配送進度
tracking-preheader = 隨時追蹤包裹動態。
tracking-preheader-arrives = 預計送達：{ $date }
tracking-heading = 您的包裹有新進度
tracking-intro = 您的訂單有新的配送進度，最新資訊如下。
tracking-sms = 【{ $shop }】您的訂單 { $number } 有新的配送進度。
tracking-push-title = 您的包裹有新進度
tracking-push-body = 訂單 { $number } 有新的配送進度，點開查看。
tracking-push-body-arrives = 訂單 { $number }，預計送達：{ $date }


## order.out_for_delivery

out-subject = 訂單 { $number } 的包裹預計今天送達
out-preheader = 您的包裹正在配送途中。
out-heading = 包裹預計今天送達
out-intro = 您的包裹正在配送途中，預計今天送達，請留意收件。
out-intro-carrier = { $carrier } 正在配送您的包裹，預計今天送達，請留意收件。
out-sms = 【{ $shop }】訂單 { $number } 的包裹預計今天送達。
out-push-title = 包裹預計今天送達
out-push-body = 訂單 { $number } 的包裹正在配送途中，請留意收件。
out-push-body-carrier = { $carrier } 正在配送訂單 { $number } 的包裹，請留意收件。


## order.delivered

delivered-subject = 訂單 { $number } 的包裹已送達
delivered-preheader = 希望您會喜歡。
delivered-preheader-location = 包裹位置：{ $location }
delivered-heading = 您的包裹已送達
delivered-intro = 您的包裹已送達，希望您會喜歡！
delivered-sms = 【{ $shop }】訂單 { $number } 的包裹已送達。
delivered-sms-location = 包裹位置：{ $location }。
delivered-push-title = 包裹已送達
delivered-push-body = 訂單 { $number } 的包裹已送達。
delivered-push-body-location = 訂單 { $number }，包裹位置：{ $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = 您的訂單 { $number } 可以取貨了
pickup-preheader = 取貨地點請看這裡。
pickup-preheader-until = 為您保留至：{ $date }
pickup-heading = 可以取貨了
pickup-intro = 您的訂單已備妥，歡迎前往取貨。
pickup-intro-name = 您的訂單已備妥，歡迎前往 { $name } 取貨。
pickup-sms = 【{ $shop }】您的訂單 { $number } 可以取貨了。
pickup-sms-name = 【{ $shop }】您的訂單 { $number } 可以取貨了，地點：{ $name }。
pickup-sms-until = 保留至：{ $date }。
pickup-sms-code = 取貨碼：{ $code }。
pickup-push-title = 可以取貨了
pickup-push-body = 您的訂單 { $number } 已備妥，歡迎前往取貨。
pickup-push-body-name = 您的訂單 { $number } 已備妥，歡迎前往 { $name } 取貨。
pickup-push-body-until = 您的訂單 { $number } 已備妥，為您保留至：{ $date }


## order.edited

edited-subject = 您的訂單 { $number } 已變更
edited-preheader = 查看變更後的訂單內容。
edited-preheader-total = 變更後總計 { $total }。
edited-heading = 您的訂單已變更
edited-intro = 我們變更了您的訂單，最新內容如下。
edited-sms = 【{ $shop }】您的訂單 { $number } 已變更。
edited-sms-total = 【{ $shop }】您的訂單 { $number } 已變更，變更後總計 { $total }。
edited-push-title = 您的訂單已變更
edited-push-body = 點開查看訂單 { $number } 的最新內容。
edited-push-body-total = 訂單 { $number }：變更後總計 { $total }。


## order.cancelled; "part" where only a part of the order is

cancelled-subject = 您的訂單 { $number } 已取消
cancelled-subject-part = 您的訂單 { $number } 有部分商品已取消
cancelled-preheader = 後續處理請看這裡。
cancelled-preheader-refund = 我們會將 { $amount } 退還給您。
cancelled-heading = 您的訂單已取消
cancelled-heading-part = 您訂購的部分商品已取消
# What happens to the money, after "has been cancelled".
cancelled-intro = 若您已付款，我們會將相關款項退還給您。
cancelled-intro-refund = 我們會將 { $amount } 退還給您。
cancelled-intro-refund-to = 我們會將 { $amount } 退款至 { $to }。
cancelled-sms = 【{ $shop }】您的訂單 { $number } 已取消。
cancelled-sms-part = 【{ $shop }】您的訂單 { $number } 有部分商品已取消。
cancelled-sms-refund = 將退還您 { $amount }。
cancelled-push-title = 訂單已取消
cancelled-push-title-part = 您訂購的部分商品已取消
cancelled-push-body = 您的訂單 { $number } 已取消。
cancelled-push-body-part = 您的訂單 { $number } 有部分商品已取消。
cancelled-push-body-refund = 訂單 { $number }：我們會將 { $amount } 退還給您。


## order.refunded: the money is on its way back

refunded-subject = 我們已退還訂單 { $number } 的款項
refunded-preheader = 款項可能需要幾天才會入帳。
refunded-preheader-amount = 已退款 { $amount }，可能需要幾天才會入帳。
refunded-heading = 我們已為您退款
refunded-intro = 退款已匯出，可能需要幾天才會入帳。
refunded-intro-amount = 我們已退還 { $amount } 給您，款項可能需要幾天才會入帳。
refunded-intro-amount-to = 我們已將 { $amount } 退款至 { $to }，可能需要幾天才會入帳。
refunded-sms = 【{ $shop }】已退還訂單 { $number } 的款項，請留意入帳。
refunded-sms-amount = 【{ $shop }】已退還訂單 { $number } 的款項 { $amount }，請留意入帳。
refunded-push-title = 我們已為您退款
refunded-push-body = 已退還訂單 { $number } 的款項，請留意入帳。
refunded-push-body-amount = 已退還訂單 { $number } 的款項 { $amount }，請留意入帳。


## order.payment_failed

failed-subject = 您的訂單 { $number } 付款未成功
failed-preheader = 請再試一次，以便我們為您出貨。
failed-heading = 付款未成功
failed-intro = 您的訂單付款未成功。請再試一次，或改用其他付款方式，以便我們為您出貨。
failed-intro-amount = 您的訂單付款未成功，金額 { $amount }。請再試一次，或改用其他付款方式，以便我們為您出貨。
failed-sms = 【{ $shop }】您的訂單 { $number } 付款未成功，請再試一次。
failed-push-title = 付款未成功
failed-push-body = 請再次為訂單 { $number } 付款，以便我們為您出貨。
failed-push-body-amount = 訂單 { $number }，金額 { $amount }：請再試一次，以便我們為您出貨。


## order.refund_requested

refund-subject = 我們已收到訂單 { $number } 的退款申請
refund-preheader = 我們會盡快確認並回覆您。
refund-heading = 我們已收到您的退款申請
refund-intro = 謝謝您與我們聯絡。我們會盡快確認您的退款申請，並將結果通知您。
refund-intro-amount = 謝謝您與我們聯絡。您申請退款 { $amount }，我們會盡快確認，並將結果通知您。
refund-sms = 【{ $shop }】已收到訂單 { $number } 的退款申請，我們會盡快回覆您。
refund-sms-amount = 【{ $shop }】已收到訂單 { $number } 的退款申請，申請金額 { $amount }，我們會盡快回覆您。
refund-push-title = 已收到您的退款申請
refund-push-body = 訂單 { $number }：我們會盡快確認並回覆您。
refund-push-body-amount = 訂單 { $number }，申請退款 { $amount }：我們會盡快確認並回覆您。


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
