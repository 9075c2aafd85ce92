# Simplified Chinese, for the mainland. $date may be a day, two days or a day with
# times, so it stands after a colon.


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


## The pages where customers choose what they hear of

preferences = 选择接收哪些消息
preferences-heading = 您想接收哪些消息？
preferences-intro = 请选择 { $shop } 可以向您发送的内容和方式。
preferences-save = 保存
preferences-saved = 已保存，即刻生效。
topic-order-updates = 订单动态
topic-order-updates-note = 订单的最新进展：已确认、已发货、已送达。
topic-required = 其中订单确认、退款等消息必须发送，因此请至少保留一种方式。
topic-reviews = 评价邀请
topic-reviews-note = 下单一段时间后，我们会询问您的使用感受。
channel-email = 电子邮件
channel-sms = 短信
channel-push = 应用通知
unsubscribe-heading = 要退订吗？
unsubscribe-question = { $shop } 将不再向您发送此类消息：{ $topic }。
unsubscribe-button = 退订
unsubscribed-heading = 您已退订
unsubscribed-text = { $shop } 将不再向您发送此类消息：{ $topic }。
unsubscribed-orders = 您仍会收到订单动态。
problem-heading = 操作未成功
problem-link = 此链接无效。请从消息中重新打开，并确认链接完整。未做任何更改。
problem-expired = 此链接已过期。您可以在我们最近一条消息的末尾找到新链接。未做任何更改。
problem-unknown-order = 我们已不再保存此链接对应的订单，因此未做任何更改。请与我们联系。
problem-one-channel = 未做任何更改：请至少为订单动态保留一种方式。
problem-form = 无法读取提交的内容。未做任何更改。
problem-later = 暂时无法完成操作，请过几分钟再试。
problem-page = 没有这个页面。


## Facts

label-number = 订单号
label-placed-on = 下单日期
label-amount-paid = 支付金额
label-payment-method = 支付方式
label-paid-on = 支付日期
label-carrier = 物流公司
label-tracking-number = 运单号
label-arrives-on = 预计送达
label-amount-requested = 申请退款金额
label-requested-on = 申请日期
label-reason = 原因
label-shipping-method = 配送方式
label-delivered-on = 送达日期
# Where a parcel was left, or with whom: "With your neighbour".
label-location = 包裹位置
label-amount-due = 待付金额
label-refunded-amount = 退款金额
label-refund-shipping = 其中运费
label-refund-to = 退回至
label-refunded-on = 退款日期
label-previous-total = 修改前合计
label-new-total = 修改后合计
label-pickup-until = 为您保留至
label-pickup-code = 取货码
label-tax-id = 税号
# How to pay by bank transfer.
label-account-holder = 收款户名
label-iban = IBAN 账号
label-bic = BIC（SWIFT 代码）
label-payment-reference = 转账附言
label-pay-by = 付款截止


## Items, sums, address

items-ordered = 订单商品
items-shipped = 本次发货
items-rest = 不在此包裹中的商品
items-rest-note = 以下商品如尚未收到，将随其他包裹送达。
items-refund = 申请退款的商品
items-review = 待评价商品
items-now = 修改后的订单
items-cancelled = 已取消商品
items-refunded = 退款商品
items-pickup = 待取商品
# The lines of a long order that are not shown.
items-more = 另有 { $count } 项商品
quantity = 数量：{ $quantity }
quantity-of = 数量：{ $quantity }（订购数量：{ $ordered }）
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = 原价 { $price }
line-discount = 优惠：{ $amount }
download = 下载
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = 您的包裹
total-subtotal = 商品小计
total-discount = 优惠
total-shipping = 运费
total-shipping-free = 免运费
total-tax = 税费
total-tax-included = 已含税费
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = 已含 { $tax }
total-fee = 手续费
total-tip = 小费
total-gift-card = 礼品卡
total-rounding = 零头调整
total-total = 合计
total-paid = 已付金额
total-due = 待付金额
address = 收货地址
billing-address = 账单地址
pickup-point = 取货地点
opening-hours = 营业时间
payment-instructions = 付款说明
changes = 修改内容
order-note = 订单备注
gift-message = 礼物赠言


## Links

action-order = 查看订单
action-track = 查看物流
action-review = 写评价
action-invoice = 查看发票
action-pay = 立即支付
sms-link-order = 查看订单：{ $link }
sms-link-track = 查看物流：{ $link }
sms-link-pay = 立即支付：{ $link }


## order.created

created-subject = 我们已收到您的订单 { $number }
created-preheader = 感谢您的惠顾，发货后我们会第一时间通知您。
created-heading = 感谢您的订购
created-intro = 我们已收到您的订单，发货后会第一时间通知您。
created-sms = 【{ $shop }】感谢您的订购！订单 { $number } 已收到，共 { $total }。
# Where no total is shown, as the order is a gift.
created-sms-plain = 【{ $shop }】感谢您的订购！订单 { $number } 已收到。
created-push-title = 订单已收到
created-push-body = 订单 { $number }，共 { $total }。发货后我们会第一时间通知您。
created-push-body-plain = 订单 { $number }：发货后我们会第一时间通知您。


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
# A part of the order is paid.
paid-intro-due = 我们已收到您的付款 { $amount }，还需支付 { $due }。感谢您的惠顾！
# There was nothing to pay.
paid-subject-free = 您的订单 { $number } 已确认
paid-preheader-free = 此订单无需付款，我们正在为您备货。
paid-heading-free = 您的订单已确认
paid-intro-free = 此订单无需付款，我们正在为您备货。
paid-sms-free = 【{ $shop }】订单 { $number } 已确认，无需付款。
paid-push-title-free = 订单已确认
paid-push-body-free = 订单 { $number } 无需付款，我们正在为您备货。


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = 您的订单 { $number } 已发货
shipped-subject-part = 您的订单 { $number } 有部分商品已发货
shipped-preheader = 看看这个包裹里有什么。
shipped-preheader-arrives = 预计送达：{ $date }
shipped-heading = 您的订单已发货
shipped-heading-part = 您的订单有部分商品已发货
shipped-intro = 好消息，您的订单已经发出，请留意查收。
shipped-intro-carrier = 好消息，您的订单已交由 { $carrier } 配送，请留意查收。
shipped-intro-part = 好消息，您购买的部分商品已经发出，其余商品将分开送达。
shipped-intro-part-carrier = 好消息，您购买的部分商品已交由 { $carrier } 配送，其余商品将分开送达。
shipped-sms = 【{ $shop }】您的订单 { $number } 已发货。
shipped-sms-part = 【{ $shop }】您的订单 { $number } 有部分商品已发货。
shipped-sms-arrives = 预计送达：{ $date }。
shipped-push-title = 您的订单已发货
shipped-push-title-part = 您的订单有部分商品已发货
shipped-push-body = 订单 { $number } 的包裹已经发出，请留意查收。
shipped-push-body-carrier = 订单 { $number } 的包裹已交由 { $carrier } 配送，请留意查收。
shipped-push-body-arrives = 订单 { $number }，预计送达：{ $date }


## order.shipment_updated

tracking-subject = 您的订单 { $number } 有新的物流信息
tracking-preheader = 包裹动态，随时可查。
tracking-preheader-arrives = 预计送达：{ $date }
tracking-heading = 物流信息有更新
tracking-intro = 您的订单有新的物流信息，最新情况如下。
tracking-sms = 【{ $shop }】您的订单 { $number } 有新的物流信息。
tracking-push-title = 物流信息有更新
tracking-push-body = 订单 { $number } 有新的物流信息，点开查看。
tracking-push-body-arrives = 订单 { $number }，预计送达：{ $date }


## order.out_for_delivery

out-subject = 订单 { $number } 的包裹预计今天送达
out-preheader = 您的包裹正在派送中。
out-heading = 包裹预计今天送达
out-intro = 您的包裹正在派送中，预计今天送达，请留意查收。
out-intro-carrier = { $carrier } 正在派送您的包裹，预计今天送达，请留意查收。
out-sms = 【{ $shop }】订单 { $number } 的包裹正在派送，预计今天送达。
out-push-title = 包裹预计今天送达
out-push-body = 订单 { $number } 的包裹正在派送中，请留意查收。
out-push-body-carrier = { $carrier } 正在派送订单 { $number } 的包裹，请留意查收。


## order.delivered

delivered-subject = 订单 { $number } 的包裹已送达
delivered-preheader = 希望您喜欢。
delivered-preheader-location = 包裹位置：{ $location }
delivered-heading = 您的包裹已送达
delivered-intro = 您的包裹已送达，希望您喜欢！
delivered-sms = 【{ $shop }】订单 { $number } 的包裹已送达。
delivered-sms-location = 包裹位置：{ $location }。
delivered-push-title = 包裹已送达
delivered-push-body = 订单 { $number } 的包裹已送达。
delivered-push-body-location = 订单 { $number }，包裹位置：{ $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = 您的订单 { $number } 可以取货了
pickup-preheader = 取货地点请看这里。
pickup-preheader-until = 为您保留至：{ $date }
pickup-heading = 可以取货了
pickup-intro = 您的订单已备好，欢迎前来取货。
pickup-intro-name = 您的订单已备好，请到 { $name } 取货。
pickup-sms = 【{ $shop }】您的订单 { $number } 可以取货了。
pickup-sms-name = 【{ $shop }】您的订单 { $number } 可以取货了，地点：{ $name }。
pickup-sms-until = 保留至：{ $date }。
pickup-sms-code = 取货码：{ $code }。
pickup-push-title = 可以取货了
pickup-push-body = 您的订单 { $number } 已备好，欢迎前来取货。
pickup-push-body-name = 您的订单 { $number } 已备好，请到 { $name } 取货。
pickup-push-body-until = 您的订单 { $number } 已备好，为您保留至：{ $date }


## order.edited

edited-subject = 您的订单 { $number } 已修改
edited-preheader = 查看修改后的订单。
edited-preheader-total = 修改后合计 { $total }。
edited-heading = 您的订单已修改
edited-intro = 我们修改了您的订单，最新内容如下。
edited-sms = 【{ $shop }】您的订单 { $number } 已修改。
edited-sms-total = 【{ $shop }】您的订单 { $number } 已修改，现合计 { $total }。
edited-push-title = 您的订单已修改
edited-push-body = 点开查看订单 { $number } 的最新内容。
edited-push-body-total = 订单 { $number }：修改后合计 { $total }。


## order.cancelled; "part" where only a part of the order is

cancelled-subject = 您的订单 { $number } 已取消
cancelled-subject-part = 您的订单 { $number } 有部分商品已取消
cancelled-preheader = 后续处理请看这里。
cancelled-preheader-refund = 我们会将 { $amount } 退还给您。
cancelled-heading = 您的订单已取消
cancelled-heading-part = 您的订单有部分商品已取消
# What happens to the money, after "has been cancelled".
cancelled-intro = 如果您已付款，我们会将相应款项退还给您。
cancelled-intro-refund = 我们会将 { $amount } 退还给您。
cancelled-intro-refund-to = 我们会将 { $amount } 退回至 { $to }。
cancelled-sms = 【{ $shop }】您的订单 { $number } 已取消。
cancelled-sms-part = 【{ $shop }】您的订单 { $number } 有部分商品已取消。
cancelled-sms-refund = 将退还您 { $amount }。
cancelled-push-title = 订单已取消
cancelled-push-title-part = 您的订单有部分商品已取消
cancelled-push-body = 您的订单 { $number } 已取消。
cancelled-push-body-part = 您的订单 { $number } 有部分商品已取消。
cancelled-push-body-refund = 订单 { $number }：我们会将 { $amount } 退还给您。


## order.refunded: the money is on its way back

refunded-subject = 订单 { $number } 的退款已转出
refunded-preheader = 到账可能需要几天时间。
refunded-preheader-amount = { $amount } 已转出，请留意到账。
refunded-heading = 您的退款已转出
refunded-intro = 我们已为您退款，到账可能需要几天时间。
refunded-intro-amount = 我们已为您退款 { $amount }，到账可能需要几天时间。
refunded-intro-amount-to = 我们已将 { $amount } 退回至 { $to }，到账可能需要几天时间。
refunded-sms = 【{ $shop }】订单 { $number } 的退款已转出，请留意到账。
refunded-sms-amount = 【{ $shop }】订单 { $number } 的退款 { $amount } 已转出，请留意到账。
refunded-push-title = 您的退款已转出
refunded-push-body = 订单 { $number } 的退款已转出，请留意到账。
refunded-push-body-amount = 订单 { $number } 的退款 { $amount } 已转出，请留意到账。


## order.payment_failed

failed-subject = 您的订单 { $number } 支付未成功
failed-preheader = 请重新支付，以便我们为您发货。
failed-heading = 支付未成功
failed-intro = 您的订单支付未成功。请重新支付或更换支付方式，以便我们为您发货。
failed-intro-amount = 您的订单支付未成功，金额 { $amount }。请重新支付或更换支付方式，以便我们为您发货。
failed-sms = 【{ $shop }】您的订单 { $number } 支付未成功，请重新支付。
failed-push-title = 支付未成功
failed-push-body = 请重新支付订单 { $number }，以便我们为您发货。
failed-push-body-amount = 订单 { $number }，金额 { $amount }：请重新支付，以便我们为您发货。


## order.refund_requested

refund-subject = 我们已收到订单 { $number } 的退款申请
refund-preheader = 我们会尽快核实，并将结果通知您。
refund-heading = 退款申请已收到
refund-intro = 感谢您的反馈。我们会尽快核实您的退款申请，并将结果通知您。
refund-intro-amount = 感谢您的反馈。您申请退款 { $amount }，我们会尽快核实，并将结果通知您。
refund-sms = 【{ $shop }】已收到订单 { $number } 的退款申请，我们会尽快回复您。
refund-sms-amount = 【{ $shop }】已收到订单 { $number } 的退款申请，申请金额 { $amount }，我们会尽快回复您。
refund-push-title = 退款申请已收到
refund-push-body = 订单 { $number }：我们会尽快核实，并将结果通知您。
refund-push-body-amount = 订单 { $number }，申请退款 { $amount }：我们会尽快核实，并将结果通知您。


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
