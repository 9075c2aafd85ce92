# Korean. No particle follows an argument directly where its form would depend
# on the argument's last sound.


## In every message

fact = { $label }: { $value }
greeting = { $name }님, 안녕하세요.
greeting-nameless = 고객님, 안녕하세요.
footer-reason = 이 메일은 { $shop }에서 주문하신 고객님께 보내 드립니다.
footer-support = 궁금한 점이 있으시면 언제든지 문의해 주세요: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = 이 메일은 { $shop }에서 상품을 구매하신 고객님께 보내 드립니다.
unsubscribe = 이런 광고성 메시지 수신 거부
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = 주문 관련 알림이 도착했습니다
push-private-body = 알림을 열어 자세한 내용을 확인해 주세요.


## The pages where customers choose what they hear of

preferences = 받을 메시지 선택하기
preferences-heading = 어떤 메시지를 받으시겠어요?
preferences-intro = { $shop }에서 보내 드릴 내용과 방법을 선택해 주세요.
preferences-save = 저장
preferences-saved = 저장되었습니다. 지금부터 적용됩니다.
topic-order-updates = 주문 소식
topic-order-updates-note = 주문 확인, 배송 시작, 배송 완료 등 주문 상황을 알려 드립니다.
topic-required = 주문 확인이나 환불처럼 반드시 보내 드려야 하는 메시지가 있으므로 한 가지 이상의 방법을 켜 두어 주세요.
topic-reviews = 리뷰 요청
topic-reviews-note = 주문하신 뒤 얼마 후에 상품이 어떠셨는지 여쭤봅니다.
channel-email = 이메일
channel-sms = 문자 메시지(SMS)
channel-push = 앱 알림
unsubscribe-heading = 수신을 거부하시겠어요?
unsubscribe-question = { $shop }에서 다음 메시지를 더 이상 보내지 않습니다: { $topic }
unsubscribe-button = 수신 거부
unsubscribed-heading = 수신이 거부되었습니다
unsubscribed-text = { $shop }에서 다음 메시지를 더 이상 보내지 않습니다: { $topic }
unsubscribed-orders = 주문 소식은 계속 보내 드립니다.
problem-heading = 처리하지 못했습니다
problem-link = 유효하지 않은 링크입니다. 메시지에서 링크를 다시 열고 전체 주소가 맞는지 확인해 주세요. 변경된 내용은 없습니다.
problem-expired = 링크가 만료되었습니다. 최근에 보내 드린 메시지 하단에서 새 링크를 확인해 주세요. 변경된 내용은 없습니다.
problem-unknown-order = 이 링크의 주문 정보가 더 이상 보관되어 있지 않아 변경하지 못했습니다. 고객센터로 문의해 주세요.
problem-one-channel = 변경된 내용은 없습니다. 주문 소식은 한 가지 이상의 방법을 켜 두어 주세요.
problem-form = 보내신 내용을 읽을 수 없습니다. 변경된 내용은 없습니다.
problem-later = 지금은 처리할 수 없습니다. 몇 분 후에 다시 시도해 주세요.
problem-page = 존재하지 않는 페이지입니다.


## Facts

label-number = 주문번호
label-placed-on = 주문일
label-amount-paid = 결제 금액
label-payment-method = 결제 수단
label-paid-on = 결제일
label-carrier = 택배사
label-tracking-number = 운송장 번호
label-arrives-on = 도착 예정
label-amount-requested = 환불 요청 금액
label-requested-on = 요청일
label-reason = 사유
label-shipping-method = 배송 방법
label-delivered-on = 배송 완료일
# Where a parcel was left, or with whom: "With your neighbour".
label-location = 보관 장소
label-amount-due = 결제하실 금액
label-refunded-amount = 환불 금액
label-refund-shipping = 이 중 배송비
label-refund-to = 환불 수단
label-refunded-on = 환불일
label-previous-total = 변경 전 합계
label-new-total = 변경 후 합계
label-pickup-until = 픽업 기한
label-pickup-code = 픽업 코드
label-tax-id = 사업자등록번호
# How to pay by bank transfer.
label-account-holder = 예금주
label-iban = IBAN
label-bic = BIC
label-payment-reference = 입금 시 기재 내용
label-pay-by = 결제 기한


## Items, sums, address

items-ordered = 주문 상품
items-shipped = 이번에 배송되는 상품
items-rest = 이번 배송에 포함되지 않은 상품
items-rest-note = 아직 받지 못하신 상품은 별도로 배송됩니다.
items-refund = 환불 요청 상품
items-review = 구매하신 상품
items-now = 현재 주문 상품
items-cancelled = 취소된 상품
items-refunded = 환불 상품
items-pickup = 픽업하실 상품
# The lines of a long order that are not shown.
items-more = 그 외 상품 { $count }개
quantity = 수량: { $quantity }개
quantity-of = 수량: { $quantity }개(총 주문 수량 { $ordered }개)
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = 할인 전 { $price }
line-discount = 할인: { $amount }
download = 다운로드
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = 배송 정보
total-subtotal = 상품 금액
total-discount = 할인
total-shipping = 배송비
total-shipping-free = 무료
total-tax = 세금
total-tax-included = 포함된 세금
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = { $tax } 포함
total-fee = 수수료
total-tip = 팁
total-gift-card = 기프트카드
total-rounding = 끝자리 조정
total-total = 합계
total-paid = 결제하신 금액
total-due = 결제하실 금액
address = 배송지
billing-address = 청구지
pickup-point = 픽업 장소
opening-hours = 영업시간
payment-instructions = 결제 안내
changes = 변경 내용
order-note = 요청 사항
gift-message = 선물 메시지


## Links

action-order = 주문 내역 보기
action-track = 배송 조회하기
action-review = 리뷰 작성하기
action-invoice = 청구서 보기
action-pay = 결제하기
sms-link-order = 주문 내역: { $link }
sms-link-track = 배송 조회: { $link }
sms-link-pay = 결제하기: { $link }


## order.created

created-subject = [주문번호 { $number }] 주문이 접수되었습니다
created-preheader = 감사합니다. 상품이 발송되면 바로 알려 드리겠습니다.
created-heading = 주문해 주셔서 감사합니다
created-intro = 고객님의 주문이 접수되었습니다. 상품이 발송되면 바로 알려 드리겠습니다.
created-sms = [{ $shop }] 주문({ $number }, { $total })이 접수되었습니다. 감사합니다.
# Where no total is shown, as the order is a gift.
created-sms-plain = [{ $shop }] 주문({ $number })이 접수되었습니다. 감사합니다.
created-push-title = 주문이 접수되었습니다
created-push-body = 주문번호 { $number }, { $total }. 상품이 발송되면 바로 알려 드리겠습니다.
created-push-body-plain = 주문번호 { $number }. 상품이 발송되면 바로 알려 드리겠습니다.


## order.paid

paid-subject = [주문번호 { $number }] 결제가 확인되었습니다
paid-preheader = 감사합니다. 상품을 준비하고 있습니다.
paid-preheader-amount = 감사합니다. { $amount } 결제가 확인되어 상품을 준비하고 있습니다.
paid-heading = 결제가 확인되었습니다
paid-intro = 감사합니다. 고객님의 결제가 확인되어 상품을 준비하고 있습니다.
paid-intro-amount = 감사합니다. 고객님의 { $amount } 결제가 확인되어 상품을 준비하고 있습니다.
paid-sms = [{ $shop }] 주문({ $number }) 결제가 확인되었습니다. 감사합니다.
paid-sms-amount = [{ $shop }] 주문({ $number }) { $amount } 결제가 확인되었습니다. 감사합니다.
paid-push-title = 결제가 확인되었습니다
paid-push-body = 감사합니다. 주문({ $number }) 상품을 준비하고 있습니다.
paid-push-body-amount = 감사합니다. 주문({ $number }) { $amount } 결제가 확인되어 상품을 준비하고 있습니다.
# A part of the order is paid.
paid-intro-due = 감사합니다. 고객님의 { $amount } 결제가 확인되었습니다. 남은 결제 금액은 { $due }입니다.
# There was nothing to pay.
paid-subject-free = [주문번호 { $number }] 주문이 확정되었습니다
paid-preheader-free = 결제하실 금액은 없습니다. 상품을 준비하고 있습니다.
paid-heading-free = 주문이 확정되었습니다
paid-intro-free = 이번 주문은 결제하실 금액이 없습니다. 상품을 준비하고 있습니다.
paid-sms-free = [{ $shop }] 주문({ $number })이 확정되었습니다. 결제하실 금액은 없습니다.
paid-push-title-free = 주문이 확정되었습니다
paid-push-body-free = 주문({ $number })은 결제하실 금액이 없습니다. 상품을 준비하고 있습니다.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = [주문번호 { $number }] 상품이 발송되었습니다
shipped-subject-part = [주문번호 { $number }] 일부 상품이 발송되었습니다
shipped-preheader = 이번에 배송되는 상품을 확인해 보세요.
shipped-preheader-arrives = 도착 예정: { $date }
shipped-heading = 주문하신 상품이 발송되었습니다
shipped-heading-part = 주문하신 상품 일부가 발송되었습니다
shipped-intro = 기다려 주셔서 감사합니다. 주문하신 상품이 발송되었습니다.
shipped-intro-carrier = 기다려 주셔서 감사합니다. 주문하신 상품이 발송되었으며, { $carrier }에서 배송해 드립니다.
shipped-intro-part = 기다려 주셔서 감사합니다. 주문하신 상품 일부가 발송되었습니다. 나머지 상품은 별도로 배송됩니다.
shipped-intro-part-carrier = 기다려 주셔서 감사합니다. 주문하신 상품 일부가 발송되었으며, { $carrier }에서 배송해 드립니다. 나머지 상품은 별도로 배송됩니다.
shipped-sms = [{ $shop }] 주문({ $number }) 상품이 발송되었습니다.
shipped-sms-part = [{ $shop }] 주문({ $number }) 상품 일부가 발송되었습니다.
shipped-sms-arrives = 도착 예정: { $date }.
shipped-push-title = 상품이 발송되었습니다
shipped-push-title-part = 일부 상품이 발송되었습니다
shipped-push-body = 주문({ $number }) 상품이 발송되었습니다.
shipped-push-body-carrier = 주문({ $number }) 상품이 발송되었으며, { $carrier }에서 배송해 드립니다.
shipped-push-body-arrives = 주문({ $number }) 상품 도착 예정: { $date }


## order.shipment_updated

tracking-subject = [주문번호 { $number }] 배송 정보가 업데이트되었습니다
tracking-preheader = 최신 배송 정보를 확인해 보세요.
tracking-preheader-arrives = 도착 예정: { $date }
tracking-heading = 배송 정보가 업데이트되었습니다
tracking-intro = 주문하신 상품의 배송 정보가 업데이트되었습니다. 최신 내용을 확인해 주세요.
tracking-sms = [{ $shop }] 주문({ $number }) 배송 정보가 업데이트되었습니다.
tracking-push-title = 배송 정보가 업데이트되었습니다
tracking-push-body = 주문({ $number }) 상품의 최신 배송 정보를 확인해 주세요.
tracking-push-body-arrives = 주문({ $number }) 상품 도착 예정: { $date }


## order.out_for_delivery

out-subject = [주문번호 { $number }] 상품이 오늘 도착할 예정입니다
out-preheader = 상품을 배송하고 있습니다.
out-heading = 오늘 도착 예정입니다
out-intro = 상품을 배송하고 있으며, 오늘 도착할 예정입니다.
out-intro-carrier = { $carrier }에서 상품을 배송하고 있으며, 오늘 도착할 예정입니다.
out-sms = [{ $shop }] 주문({ $number }) 상품이 오늘 도착할 예정입니다.
out-push-title = 오늘 도착 예정입니다
out-push-body = 주문({ $number }) 상품을 배송하고 있습니다.
out-push-body-carrier = 주문({ $number }) 상품을 오늘 { $carrier }에서 배송해 드릴 예정입니다.


## order.delivered

delivered-subject = [주문번호 { $number }] 상품 배송이 완료되었습니다
delivered-preheader = 상품이 마음에 드시길 바랍니다.
delivered-preheader-location = 보관 장소: { $location }
delivered-heading = 배송이 완료되었습니다
delivered-intro = 상품 배송이 완료되었습니다. 마음에 드시길 바랍니다.
delivered-sms = [{ $shop }] 주문({ $number }) 상품 배송이 완료되었습니다.
delivered-sms-location = 보관 장소: { $location }.
delivered-push-title = 배송이 완료되었습니다
delivered-push-body = 주문({ $number }) 상품 배송이 완료되었습니다.
delivered-push-body-location = 주문({ $number }) 상품 보관 장소: { $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = [주문번호 { $number }] 픽업 준비가 완료되었습니다
pickup-preheader = 픽업 장소를 확인해 주세요.
pickup-preheader-until = 픽업 기한: { $date }
pickup-heading = 픽업 준비가 완료되었습니다
pickup-intro = 주문하신 상품의 픽업 준비가 완료되었습니다. 편하신 시간에 찾아가 주세요.
pickup-intro-name = 주문하신 상품의 픽업 준비가 완료되었습니다. 픽업 장소: { $name }
pickup-sms = [{ $shop }] 주문({ $number }) 픽업 준비가 완료되었습니다.
pickup-sms-name = [{ $shop }] 주문({ $number }) 픽업 준비가 완료되었습니다. 장소: { $name }.
pickup-sms-until = 픽업 기한: { $date }.
pickup-sms-code = 픽업 코드: { $code }.
pickup-push-title = 픽업 준비가 완료되었습니다
pickup-push-body = 주문({ $number }) 상품을 픽업하실 수 있습니다.
pickup-push-body-name = 주문({ $number }) 상품을 픽업하실 수 있습니다. 픽업 장소: { $name }
pickup-push-body-until = 주문({ $number }) 상품을 픽업하실 수 있습니다. 픽업 기한: { $date }


## order.edited

edited-subject = [주문번호 { $number }] 주문 내용이 변경되었습니다
edited-preheader = 변경된 주문 내용을 확인해 주세요.
edited-preheader-total = 변경 후 합계: { $total }
edited-heading = 주문 내용이 변경되었습니다
edited-intro = 고객님의 주문 내용이 변경되었습니다. 변경된 내용을 확인해 주세요.
edited-sms = [{ $shop }] 주문({ $number }) 내용이 변경되었습니다.
edited-sms-total = [{ $shop }] 주문({ $number }) 내용이 변경되었습니다. 변경 후 합계: { $total }.
edited-push-title = 주문 내용이 변경되었습니다
edited-push-body = 주문({ $number })의 변경된 내용을 확인해 주세요.
edited-push-body-total = 주문({ $number }) 변경 후 합계: { $total }


## order.cancelled; "part" where only a part of the order is

cancelled-subject = [주문번호 { $number }] 주문이 취소되었습니다
cancelled-subject-part = [주문번호 { $number }] 주문 일부가 취소되었습니다
cancelled-preheader = 이후 진행 사항을 안내해 드립니다.
cancelled-preheader-refund = 환불 예정 금액: { $amount }
cancelled-heading = 주문이 취소되었습니다
cancelled-heading-part = 주문 일부가 취소되었습니다
# What happens to the money, after "has been cancelled".
cancelled-intro = 이미 결제하신 경우 결제 금액을 환불해 드립니다.
cancelled-intro-refund = 환불 예정 금액은 { $amount }입니다.
cancelled-intro-refund-to = 환불 예정 금액은 { $amount }입니다. 환불 수단: { $to }
cancelled-sms = [{ $shop }] 주문({ $number })이 취소되었습니다.
cancelled-sms-part = [{ $shop }] 주문({ $number }) 일부가 취소되었습니다.
cancelled-sms-refund = 환불 예정 금액: { $amount }.
cancelled-push-title = 주문이 취소되었습니다
cancelled-push-title-part = 주문 일부가 취소되었습니다
cancelled-push-body = 주문({ $number })이 취소되었습니다.
cancelled-push-body-part = 주문({ $number }) 일부가 취소되었습니다.
cancelled-push-body-refund = 주문({ $number }) 환불 예정 금액: { $amount }


## order.refunded: the money is on its way back

refunded-subject = [주문번호 { $number }] 환불이 처리되었습니다
refunded-preheader = 실제로 반영되기까지 며칠 정도 걸릴 수 있습니다.
refunded-preheader-amount = { $amount } 환불이 처리되었습니다.
refunded-heading = 환불이 처리되었습니다
refunded-intro = 환불이 처리되었습니다. 실제로 반영되기까지 며칠 정도 걸릴 수 있습니다.
refunded-intro-amount = { $amount } 환불이 처리되었습니다. 실제로 반영되기까지 며칠 정도 걸릴 수 있습니다.
refunded-intro-amount-to = { $amount } 환불이 처리되었습니다(환불 수단: { $to }). 실제로 반영되기까지 며칠 정도 걸릴 수 있습니다.
refunded-sms = [{ $shop }] 주문({ $number }) 환불이 처리되었습니다.
refunded-sms-amount = [{ $shop }] 주문({ $number }) { $amount } 환불이 처리되었습니다.
refunded-push-title = 환불이 처리되었습니다
refunded-push-body = 주문({ $number }) 환불이 처리되었습니다.
refunded-push-body-amount = 주문({ $number }) { $amount } 환불이 처리되었습니다.


## order.payment_failed

failed-subject = [주문번호 { $number }] 결제가 완료되지 않았습니다
failed-preheader = 다시 결제해 주시면 상품을 발송해 드리겠습니다.
failed-heading = 결제가 완료되지 않았습니다
failed-intro = 주문하신 상품의 결제가 완료되지 않았습니다. 다시 시도하시거나 다른 결제 수단을 이용해 주세요. 결제가 확인되면 상품을 발송해 드리겠습니다.
failed-intro-amount = 주문하신 상품의 { $amount } 결제가 완료되지 않았습니다. 다시 시도하시거나 다른 결제 수단을 이용해 주세요. 결제가 확인되면 상품을 발송해 드리겠습니다.
failed-sms = [{ $shop }] 주문({ $number }) 결제가 완료되지 않았습니다. 다시 결제해 주세요.
failed-push-title = 결제가 완료되지 않았습니다
failed-push-body = 다시 결제해 주시면 주문({ $number }) 상품을 발송해 드리겠습니다.
failed-push-body-amount = 주문({ $number }) { $amount }: 다시 결제해 주시면 상품을 발송해 드리겠습니다.


## order.refund_requested

refund-subject = [주문번호 { $number }] 환불 요청이 접수되었습니다
refund-preheader = 요청하신 내용을 확인한 후 결과를 안내해 드리겠습니다.
refund-heading = 환불 요청이 접수되었습니다
refund-intro = 연락 주셔서 감사합니다. 요청하신 내용을 확인한 후 최대한 빨리 결과를 안내해 드리겠습니다.
refund-intro-amount = 연락 주셔서 감사합니다. 환불 요청(요청 금액: { $amount }) 내용을 확인한 후 최대한 빨리 결과를 안내해 드리겠습니다.
refund-sms = [{ $shop }] 주문({ $number }) 환불 요청이 접수되었습니다. 곧 안내해 드리겠습니다.
refund-sms-amount = [{ $shop }] 주문({ $number }) 환불 요청이 접수되었습니다(요청 금액: { $amount }). 곧 안내해 드리겠습니다.
refund-push-title = 환불 요청이 접수되었습니다
refund-push-body = 주문번호 { $number }: 요청하신 내용을 확인한 후 결과를 안내해 드리겠습니다.
refund-push-body-amount = 주문번호 { $number }, 환불 요청 금액 { $amount }: 내용을 확인한 후 결과를 안내해 드리겠습니다.


## order.completed

completed-subject = (광고) [주문번호 { $number }] 주문하신 상품은 마음에 드셨나요?
completed-preheader = 짧은 리뷰도 다른 고객님께 큰 도움이 됩니다.
completed-heading = 주문하신 상품은 마음에 드셨나요?
completed-intro = 주문하신 상품이 마음에 드셨기를 바랍니다. 고객님의 솔직한 의견을 들려주세요. 짧은 리뷰도 다른 고객님의 선택과 저희의 서비스 개선에 큰 도움이 됩니다.
completed-sms = (광고) [{ $shop }] 주문({ $number }) 상품은 마음에 드셨나요? 의견을 들려주세요: { $link }
completed-sms-linkless = (광고) [{ $shop }] 주문({ $number }) 상품은 마음에 드셨나요? 의견을 들려주세요.
completed-push-title = (광고) 상품은 마음에 드셨나요?
completed-push-body = 주문({ $number }) 리뷰를 남겨 주세요. 다른 고객님께 큰 도움이 됩니다.
completed-push-body-item = ‘{ $item }’ 리뷰를 남겨 주세요. 다른 고객님께 큰 도움이 됩니다.
