# Korean. No particle follows an argument directly where its form would depend
# on the argument's last sound.


## In every message

fact = { $label }: { $value }
greeting = { $name }님, 안녕하세요.
greeting-nameless = 고객님, 안녕하세요.
footer-reason = 이 메일은 { $shop }에서 주문하신 고객님께 보내 드립니다.
footer-support = 궁금한 점이 있으시면 언제든지 문의해 주세요: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = 이 메일은 { $shop }에서 구매하신 고객님께 보내 드립니다.
unsubscribe = 이런 메시지 수신 거부
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = 주문 관련 새 소식이 있습니다
push-private-body = 알림을 열어 자세한 내용을 확인해 주세요.


## Facts

label-number = 주문번호
label-placed-on = 주문일
label-amount-paid = 결제 금액
label-payment-method = 결제 수단
label-paid-on = 결제일
label-carrier = 택배사
label-tracking-number = 운송장 번호
label-arrives-on = 도착 예정일
label-amount-requested = 환불 요청 금액
label-requested-on = 환불 요청일
label-reason = 환불 사유


## Items, sums, address

items-ordered = 주문 상품
items-shipped = 이번에 배송되는 상품
items-rest = 이번 배송에 포함되지 않은 상품
items-rest-note = 아직 받지 못하신 상품은 별도로 배송됩니다.
items-refund = 환불 요청 상품
items-review = 구매하신 상품
# The lines of a long order that are not shown.
items-more = 그 외 상품 { $count }개
quantity = 수량: { $quantity }개
quantity-of = 수량: { $quantity }개(총 주문 수량 { $ordered }개)
quantity-price = { $quantity } × { $price }
total-subtotal = 상품 금액
total-discount = 할인
total-shipping = 배송비
total-shipping-free = 무료
total-tax = 세금
total-tax-included = 포함된 세금
total-total = 합계
address = 배송지


## Links

action-order = 주문 내역 보기
action-track = 배송 조회하기
action-review = 리뷰 작성하기
sms-link-order = 주문 내역: { $link }
sms-link-track = 배송 조회: { $link }


## order.created

created-subject = [주문번호 { $number }] 주문이 접수되었습니다
created-preheader = 감사합니다. 상품이 발송되면 바로 알려 드리겠습니다.
created-heading = 주문해 주셔서 감사합니다
created-intro = 고객님의 주문이 접수되었습니다. 상품이 발송되면 바로 알려 드리겠습니다.
created-sms = [{ $shop }] 감사합니다. 주문({ $number }, { $total })이 접수되었습니다.
created-push-title = 주문이 접수되었습니다
created-push-body = 주문번호 { $number }, { $total }. 상품이 발송되면 바로 알려 드리겠습니다.


## order.paid

paid-subject = [주문번호 { $number }] 결제가 완료되었습니다
paid-preheader = 감사합니다. 상품을 준비하고 있습니다.
paid-preheader-amount = 감사합니다. { $amount } 결제가 완료되어 상품을 준비하고 있습니다.
paid-heading = 결제가 완료되었습니다
paid-intro = 감사합니다. 고객님의 결제가 확인되어 상품을 준비하고 있습니다.
paid-intro-amount = 감사합니다. 고객님의 { $amount } 결제가 확인되어 상품을 준비하고 있습니다.
paid-sms = [{ $shop }] 주문({ $number }) 결제가 완료되었습니다. 감사합니다.
paid-sms-amount = [{ $shop }] 주문({ $number }) { $amount } 결제가 완료되었습니다. 감사합니다.
paid-push-title = 결제가 완료되었습니다
paid-push-body = 감사합니다. 주문({ $number }) 상품을 준비하고 있습니다.
paid-push-body-amount = 감사합니다. 주문({ $number }) { $amount } 결제가 확인되어 상품을 준비하고 있습니다.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = [주문번호 { $number }] 상품이 발송되었습니다
shipped-subject-part = [주문번호 { $number }] 일부 상품이 발송되었습니다
shipped-preheader = 이번에 배송되는 상품을 확인해 보세요.
shipped-preheader-arrives = 도착 예정일: { $date }
shipped-heading = 주문하신 상품이 발송되었습니다
shipped-heading-part = 주문하신 상품 일부가 발송되었습니다
shipped-intro = 기다려 주셔서 감사합니다. 주문하신 상품이 발송되었습니다.
shipped-intro-carrier = 기다려 주셔서 감사합니다. 주문하신 상품이 발송되었으며, { $carrier }에서 배송해 드립니다.
shipped-intro-part = 기다려 주셔서 감사합니다. 주문하신 상품 일부가 발송되었습니다. 나머지 상품은 별도로 배송됩니다.
shipped-intro-part-carrier = 기다려 주셔서 감사합니다. 주문하신 상품 일부가 발송되었으며, { $carrier }에서 배송해 드립니다. 나머지 상품은 별도로 배송됩니다.
shipped-sms = [{ $shop }] 주문({ $number }) 상품이 발송되었습니다.
shipped-sms-part = [{ $shop }] 주문({ $number }) 상품 일부가 발송되었습니다.
shipped-sms-arrives = 도착 예정일: { $date }.
shipped-push-title = 상품이 발송되었습니다
shipped-push-title-part = 일부 상품이 발송되었습니다
shipped-push-body = 주문({ $number }) 상품이 발송되었습니다.
shipped-push-body-carrier = 주문({ $number }) 상품이 발송되었으며, { $carrier }에서 배송해 드립니다.
shipped-push-body-arrives = 주문({ $number }) 상품의 도착 예정일은 { $date }입니다.


## order.refund_requested

refund-subject = [주문번호 { $number }] 환불 요청이 접수되었습니다
refund-preheader = 내용을 확인한 후 안내해 드리겠습니다.
refund-heading = 환불 요청이 접수되었습니다
refund-intro = 알려 주셔서 감사합니다. 요청하신 내용을 확인한 후 최대한 빨리 안내해 드리겠습니다.
refund-intro-amount = 알려 주셔서 감사합니다. 요청하신 { $amount } 환불 건을 확인한 후 최대한 빨리 안내해 드리겠습니다.
refund-sms = [{ $shop }] 주문({ $number }) 환불 요청이 접수되었습니다. 곧 안내해 드리겠습니다.
refund-sms-amount = [{ $shop }] 주문({ $number }) { $amount } 환불 요청이 접수되었습니다. 곧 안내해 드리겠습니다.
refund-push-title = 환불 요청이 접수되었습니다
refund-push-body = 주문번호 { $number }: 내용을 확인한 후 안내해 드리겠습니다.
refund-push-body-amount = 주문번호 { $number }, { $amount }: 내용을 확인한 후 안내해 드리겠습니다.


## order.completed

completed-subject = [주문번호 { $number }] 주문하신 상품은 마음에 드셨나요?
completed-preheader = 짧은 리뷰도 다른 고객님께 큰 도움이 됩니다.
completed-heading = 주문하신 상품은 마음에 드셨나요?
completed-intro = 주문하신 상품이 마음에 드셨기를 바랍니다. 고객님의 솔직한 의견을 들려주세요. 짧은 리뷰도 다른 고객님의 선택에 도움이 되며, 더 나은 서비스를 만드는 데 큰 힘이 됩니다.
completed-sms = [{ $shop }] 주문({ $number }) 상품은 마음에 드셨나요? 의견을 들려주세요: { $link }
completed-sms-linkless = [{ $shop }] 주문({ $number }) 상품은 마음에 드셨나요? 의견을 들려주세요.
completed-push-title = 상품은 마음에 드셨나요?
completed-push-body = 주문({ $number }) 리뷰를 남겨 주세요. 다른 고객님께 큰 도움이 됩니다.
completed-push-body-item = ‘{ $item }’ 리뷰를 남겨 주세요. 다른 고객님께 큰 도움이 됩니다.
