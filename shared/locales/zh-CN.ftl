# Simplified Chinese, for the mainland.


## In every message

fact = { $label }：{ $value }
greeting = { $name }，您好！
greeting-nameless = 您好！
footer-reason = 您收到此邮件，是因为您在 { $shop } 下单购物。
footer-support = 如有疑问，欢迎联系我们：{ $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = 您收到此邮件，是因为您曾在 { $shop } 购物。
unsubscribe = 退订此类消息
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = 您的订单有新消息
push-private-body = 点开即可查看详情。


## Facts

label-number = 订单号
label-placed-on = 下单日期
label-amount-paid = 支付金额
label-payment-method = 支付方式
label-paid-on = 支付日期
label-carrier = 物流公司
label-tracking-number = 运单号
label-arrives-on = 预计送达
label-amount-requested = 退款金额
label-requested-on = 申请日期
label-reason = 退款原因


## Items, sums, address

items-ordered = 订单商品
items-shipped = 本次发货
items-rest = 不在此包裹中的商品
items-rest-note = 如果您还没有收到以下商品，它们会随其他包裹送达。
items-refund = 退款商品
items-review = 待评价商品
# The lines of a long order that are not shown.
items-more = 另有 { $count } 项商品
quantity = 数量：{ $quantity }
quantity-of = 数量：{ $quantity }（共 { $ordered } 件）
quantity-price = { $quantity } × { $price }
total-subtotal = 商品小计
total-discount = 优惠
total-shipping = 运费
total-shipping-free = 免运费
total-tax = 税费
total-tax-included = 已含税费
total-total = 合计
address = 收货地址


## Links

action-order = 查看订单
action-track = 查看物流
action-review = 写评价
sms-link-order = 查看订单：{ $link }
sms-link-track = 查看物流：{ $link }


## order.created

created-subject = 我们已收到您的订单 { $number }
created-preheader = 感谢您的惠顾，发货后我们会第一时间通知您。
created-heading = 感谢您的订购
created-intro = 我们已收到您的订单，发货后会第一时间通知您。
created-sms = 【{ $shop }】感谢您的订购！订单 { $number } 已收到，共 { $total }。
created-push-title = 订单已收到
created-push-body = 订单 { $number }，共 { $total }。发货后我们会第一时间通知您。


## order.paid

paid-subject = 订单 { $number } 支付成功
paid-preheader = 感谢您的付款，我们正在为您备货。
paid-preheader-amount = 已收到 { $amount }，感谢惠顾！我们正在为您备货。
paid-heading = 支付成功
paid-intro = 我们已收到您的付款，正在为您备货。感谢您的惠顾！
paid-intro-amount = 我们已收到您的付款 { $amount }，正在为您备货。感谢您的惠顾！
paid-sms = 【{ $shop }】订单 { $number } 支付成功，感谢您的惠顾！
paid-sms-amount = 【{ $shop }】订单 { $number } 支付成功，金额 { $amount }。感谢您的惠顾！
paid-push-title = 支付成功
paid-push-body = 订单 { $number } 已付款，我们正在为您备货。
paid-push-body-amount = 订单 { $number } 已付款 { $amount }，我们正在为您备货。


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = 您的订单 { $number } 已发货
shipped-subject-part = 您的订单 { $number } 有部分商品已发货
shipped-preheader = 看看这个包裹里有什么。
shipped-preheader-arrives = 预计 { $date }送达
shipped-heading = 您的订单已发货
shipped-heading-part = 您的订单有部分商品已发货
shipped-intro = 好消息，您的订单已经发出，请留意查收。
shipped-intro-carrier = 好消息，您的订单已交由 { $carrier } 配送，请留意查收。
shipped-intro-part = 好消息，您购买的部分商品已经发出，其余商品将分开送达。
shipped-intro-part-carrier = 好消息，您购买的部分商品已交由 { $carrier } 配送，其余商品将分开送达。
shipped-sms = 【{ $shop }】您的订单 { $number } 已发货。
shipped-sms-part = 【{ $shop }】您的订单 { $number } 有部分商品已发货。
shipped-sms-arrives = 预计 { $date }送达。
shipped-push-title = 您的订单已发货
shipped-push-title-part = 您的订单有部分商品已发货
shipped-push-body = 订单 { $number } 的包裹已经发出，请留意查收。
shipped-push-body-carrier = 订单 { $number } 的包裹已交由 { $carrier } 配送，请留意查收。
shipped-push-body-arrives = 订单 { $number } 预计 { $date }送达，请留意查收。


## order.refund_requested

refund-subject = 我们已收到订单 { $number } 的退款申请
refund-preheader = 我们会尽快处理，并将结果通知您。
refund-heading = 退款申请已收到
refund-intro = 感谢您的反馈。我们会尽快处理您的退款申请，并将结果通知您。
refund-intro-amount = 感谢您的反馈。我们会尽快处理您的退款申请（{ $amount }），并将结果通知您。
refund-sms = 【{ $shop }】已收到订单 { $number } 的退款申请，我们会尽快回复您。
refund-sms-amount = 【{ $shop }】已收到订单 { $number } 的退款申请，金额 { $amount }，我们会尽快回复您。
refund-push-title = 退款申请已收到
refund-push-body = 订单 { $number }：我们会尽快处理，并将结果通知您。
refund-push-body-amount = 订单 { $number }，{ $amount }：我们会尽快处理，并将结果通知您。


## order.completed

completed-subject = 订单 { $number } 的商品您还满意吗？
completed-preheader = 您的评价能帮到更多人。
completed-heading = 商品您还满意吗？
completed-intro = 希望您喜欢这次购买的商品。欢迎写下您的真实感受，您的评价能帮到其他顾客，也能帮助我们做得更好。
completed-sms = 【{ $shop }】订单 { $number } 的商品您还满意吗？欢迎评价：{ $link }
completed-sms-linkless = 【{ $shop }】订单 { $number } 的商品您还满意吗？欢迎评价。
completed-push-title = 商品您还满意吗？
completed-push-body = 欢迎评价订单 { $number }，您的感受能帮到更多人。
completed-push-body-item = 欢迎评价“{ $item }”，您的感受能帮到更多人。
