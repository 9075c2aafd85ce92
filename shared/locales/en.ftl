# Every word that customers read. To add a language, translate this file into
# <BCP 47 tag>.ftl beside it: the same keys, the same { $arguments }.
# What differs by number is chosen with PLURAL, by the language's own categories.
# Keep it short, friendly and plain; a push title should stay below 40
# characters and a text message below 160 with its link.


## In every message

# "$label" and "$value" stand on one line of a list of facts.
fact = { $label }: { $value }
greeting = Hi { $name },
greeting-nameless = Hello,
footer-reason = You’re receiving this message because you placed an order with { $shop }.
footer-support = Questions? We’re happy to help: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = You’re receiving this message because you bought something at { $shop }.
unsubscribe = Unsubscribe from messages like this
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = News about your order
push-private-body = Open it to see more.


## The pages where customers choose what they hear of

# At the foot of mail about orders, as a link.
preferences = Choose which messages you get
preferences-heading = Which messages would you like?
preferences-intro = Choose what { $shop } may send you, and how.
preferences-save = Save
preferences-saved = Saved. This applies from now on.
topic-order-updates = Order updates
topic-order-updates-note = Where your order stands: confirmed, on its way, delivered.
# After the note on a topic of which the law wants something told.
topic-required = Some of these we have to send you, such as the order confirmation and refunds, so please leave at least one way on.
topic-reviews = Review requests
topic-reviews-note = Some time after your order, we ask how you like it.
channel-email = E-mail
channel-sms = Text message (SMS)
channel-push = Notifications in the app
unsubscribe-heading = Unsubscribe?
# $topic is one of the topics above.
unsubscribe-question = { $shop } will no longer send you these messages: { $topic }.
unsubscribe-button = Unsubscribe
unsubscribed-heading = You’re unsubscribed
unsubscribed-text = { $shop } will no longer send you these messages: { $topic }.
unsubscribed-orders = You’ll still hear where your orders stand.
# Nothing was changed, and why.
problem-heading = That didn’t work
problem-link = This link isn’t valid. Please open it again from the message, and make sure that it’s complete. Nothing was changed.
problem-expired = This link has expired. There’s a new one at the end of the latest message we sent you. Nothing was changed.
problem-unknown-order = We no longer have the order that this link belongs to, so nothing was changed. Please get in touch with us.
problem-one-channel = Nothing was changed: please leave at least one way on for order updates.
problem-form = We couldn’t read what was sent. Nothing was changed.
problem-later = We can’t do that right now. Please try again in a few minutes.
problem-page = There’s no such page.


## Facts

label-number = Order number
label-placed-on = Order date
label-amount-paid = Amount paid
label-payment-method = Payment method
label-paid-on = Paid on
label-carrier = Carrier
label-tracking-number = Tracking number
label-arrives-on = Estimated delivery
label-amount-requested = Amount requested
label-requested-on = Requested on
label-reason = Reason
label-shipping-method = Shipping method
label-delivered-on = Delivered on
# Where a parcel was left, or with whom: "With your neighbour".
label-location = Where to find it
label-amount-due = Still to pay
label-refunded-amount = Refunded
label-refund-shipping = of which shipping
label-refund-to = Refunded to
label-refunded-on = Refunded on
label-previous-total = Total before
label-new-total = New total
label-pickup-until = Waiting for you until
label-pickup-code = Pickup code
label-tax-id = Tax ID
# How to pay by bank transfer.
label-account-holder = Account holder
label-iban = IBAN
label-bic = BIC
label-payment-reference = Reference
label-pay-by = Please pay by


## Items, sums, address

items-ordered = Your order
items-shipped = In this parcel
items-rest = Not in this parcel
items-rest-note = If these haven’t reached you yet, they’re still to come.
items-refund = Items in your request
items-review = Your items
items-now = Your order now
items-cancelled = Cancelled
items-refunded = Refunded
items-pickup = Waiting for you
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] and one more item
   *[other] and { $count } more items
}
quantity = Quantity: { $quantity }
quantity-of = Quantity: { $quantity } of { $ordered }
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = instead of { $price }
line-discount = Discount: { $amount }
download = Download
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = Your parcels
total-subtotal = Subtotal
total-discount = Discount
total-shipping = Shipping
total-shipping-free = Free
total-tax = Tax
total-tax-included = Tax included
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = incl. { $tax }
total-fee = Fee
total-tip = Tip
total-gift-card = Gift card
total-rounding = Rounding
total-total = Total
total-paid = Paid
total-due = Still to pay
address = Shipping address
billing-address = Billing address
pickup-point = Where to pick it up
opening-hours = Opening hours
payment-instructions = How to pay
changes = What changed
order-note = Your note
gift-message = Your gift message


## Links

action-order = View your order
action-track = Track your parcel
action-review = Write a review
action-invoice = View invoice
action-pay = Pay now
sms-link-order = Details: { $link }
sms-link-track = Track it: { $link }
sms-link-pay = Pay here: { $link }


## order.created

created-subject = We’ve received your order { $number }
created-preheader = Thank you! We’ll let you know as soon as it’s on its way.
created-heading = Thank you for your order
created-intro = We’ve received your order and will let you know as soon as it’s on its way.
created-sms = { $shop }: thank you! We’ve received your order { $number } for { $total }.
# Where no total is shown, as the order is a gift.
created-sms-plain = { $shop }: thank you! We’ve received your order { $number }.
created-push-title = We’ve received your order
created-push-body = Order { $number }, { $total }. We’ll let you know as soon as it’s on its way.
created-push-body-plain = Order { $number }: we’ll let you know as soon as it’s on its way.


## order.paid

paid-subject = Payment received for order { $number }
paid-preheader = Thank you! We’re getting your order ready.
paid-preheader-amount = { $amount } received – thank you! We’re getting your order ready.
paid-heading = We’ve received your payment
paid-intro = Thank you! Your payment has arrived and we’re getting your order ready.
paid-intro-amount = Thank you! Your payment of { $amount } has arrived and we’re getting your order ready.
paid-sms = { $shop }: thank you! We’ve received your payment for order { $number }.
paid-sms-amount = { $shop }: thank you! We’ve received your payment of { $amount } for order { $number }.
paid-push-title = Payment received
paid-push-body = Thank you! We’re getting your order { $number } ready.
paid-push-body-amount = Thank you! { $amount } for order { $number } has arrived. We’re getting it ready.
# A part of the order is paid.
paid-intro-due = Thank you! Your payment of { $amount } has arrived. { $due } is still to pay.
# There was nothing to pay.
paid-subject-free = Your order { $number } is confirmed
paid-preheader-free = There’s nothing to pay. We’re getting your order ready.
paid-heading-free = Your order is confirmed
paid-intro-free = There’s nothing to pay for it, and we’re getting it ready.
paid-sms-free = { $shop }: your order { $number } is confirmed, there’s nothing to pay.
paid-push-title-free = Order confirmed
paid-push-body-free = There’s nothing to pay for order { $number }. We’re getting it ready.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Your order { $number } is on its way
shipped-subject-part = Part of your order { $number } is on its way
shipped-preheader = Here’s what’s in the parcel.
shipped-preheader-arrives = Estimated delivery: { $date }
shipped-heading = Your order is on its way
shipped-heading-part = Part of your order is on its way
shipped-intro = Good news: we’ve shipped your order.
shipped-intro-carrier = Good news: we’ve handed your order over to { $carrier }.
shipped-intro-part = Good news: we’ve shipped part of your order. The rest travels separately.
shipped-intro-part-carrier = Good news: we’ve handed a parcel with part of your order over to { $carrier }. The rest travels separately.
shipped-sms = { $shop }: your order { $number } is on its way.
shipped-sms-part = { $shop }: part of your order { $number } is on its way.
shipped-sms-arrives = Estimated delivery: { $date }.
shipped-push-title = Your order is on its way
shipped-push-title-part = Part of your order is on its way
shipped-push-body = We’ve shipped a parcel of order { $number }.
shipped-push-body-carrier = { $carrier } has a parcel of order { $number } for you.
shipped-push-body-arrives = Order { $number }, estimated delivery { $date }.


## order.shipment_updated

tracking-subject = News about the delivery of your order { $number }
tracking-preheader = Here’s how to follow your parcel.
tracking-preheader-arrives = Estimated delivery: { $date }
tracking-heading = News about your parcel
tracking-intro = There are new delivery details for your order. Here’s what we know now.
tracking-sms = { $shop }: new delivery details for your order { $number }.
tracking-push-title = News about your parcel
tracking-push-body = There are new delivery details for order { $number }.
tracking-push-body-arrives = Order { $number }, estimated delivery { $date }.


## order.out_for_delivery

out-subject = Your parcel for order { $number } arrives today
out-preheader = Your parcel is out for delivery.
out-heading = Arriving today
out-intro = Your parcel is out for delivery and should reach you today.
out-intro-carrier = { $carrier } is out for delivery with your parcel, and it should reach you today.
out-sms = { $shop }: the parcel for your order { $number } should arrive today.
out-push-title = Arriving today
out-push-body = The parcel for your order { $number } is out for delivery.
out-push-body-carrier = { $carrier } is bringing the parcel for your order { $number } today.


## order.delivered

delivered-subject = Your parcel for order { $number } has been delivered
delivered-preheader = We hope you enjoy it.
delivered-preheader-location = Where to find it: { $location }
delivered-heading = Your parcel has been delivered
delivered-intro = Your parcel has arrived. We hope you enjoy it!
delivered-sms = { $shop }: the parcel for your order { $number } has been delivered.
delivered-sms-location = Where to find it: { $location }.
delivered-push-title = Delivered
delivered-push-body = The parcel for your order { $number } has been delivered.
delivered-push-body-location = Order { $number }, where to find it: { $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = Your order { $number } is ready for pickup
pickup-preheader = Here’s where to pick it up.
pickup-preheader-until = It’s waiting for you until { $date }.
pickup-heading = Ready for pickup
pickup-intro = Your order is ready and waiting for you.
pickup-intro-name = Your order is ready and waiting for you: { $name }.
pickup-sms = { $shop }: your order { $number } is ready for pickup.
pickup-sms-name = { $shop }: your order { $number } is ready for pickup: { $name }.
pickup-sms-until = It waits until { $date }.
pickup-sms-code = Pickup code: { $code }.
pickup-push-title = Ready for pickup
pickup-push-body = Your order { $number } is waiting for you.
pickup-push-body-name = Your order { $number } is waiting for you: { $name }
pickup-push-body-until = Your order { $number } is waiting for you until { $date }.


## order.edited

edited-subject = Your order { $number } has changed
edited-preheader = Here’s how it stands now.
edited-preheader-total = The new total is { $total }.
edited-heading = Your order has changed
edited-intro = We’ve changed your order. Here’s how it stands now.
edited-sms = { $shop }: your order { $number } has changed.
edited-sms-total = { $shop }: your order { $number } has changed. The new total is { $total }.
edited-push-title = Your order has changed
edited-push-body = Here’s how your order { $number } stands now.
edited-push-body-total = Order { $number }: the new total is { $total }.


## order.cancelled; "part" where only a part of the order is

cancelled-subject = Your order { $number } has been cancelled
cancelled-subject-part = Part of your order { $number } has been cancelled
cancelled-preheader = Here’s what happens next.
cancelled-preheader-refund = You’ll get { $amount } back.
cancelled-heading = Your order has been cancelled
cancelled-heading-part = Part of your order has been cancelled
# What happens to the money, after "has been cancelled".
cancelled-intro = If you’ve already paid for it, you’ll get your money back.
cancelled-intro-refund = You’ll get { $amount } back.
cancelled-intro-refund-to = You’ll get { $amount } back to { $to }.
cancelled-sms = { $shop }: your order { $number } has been cancelled.
cancelled-sms-part = { $shop }: part of your order { $number } has been cancelled.
cancelled-sms-refund = You’ll get { $amount } back.
cancelled-push-title = Order cancelled
cancelled-push-title-part = Part of your order is cancelled
cancelled-push-body = Your order { $number } has been cancelled.
cancelled-push-body-part = Part of your order { $number } has been cancelled.
cancelled-push-body-refund = Order { $number }: you’ll get { $amount } back.


## order.refunded: the money is on its way back

refunded-subject = Your refund for order { $number } is on its way
refunded-preheader = It can take a few days until you see it in your account.
refunded-preheader-amount = { $amount } is on its way back to you.
refunded-heading = Your refund is on its way
refunded-intro = We’ve sent your refund. It can take a few days until you see it in your account.
refunded-intro-amount = We’ve sent you { $amount } back. It can take a few days until you see it in your account.
refunded-intro-amount-to = We’ve sent { $amount } back to { $to }. It can take a few days until you see it in your account.
refunded-sms = { $shop }: your refund for order { $number } is on its way.
refunded-sms-amount = { $shop }: your refund of { $amount } for order { $number } is on its way.
refunded-push-title = Your refund is on its way
refunded-push-body = Your refund for order { $number } is on its way.
refunded-push-body-amount = { $amount } for order { $number } is on its way back to you.


## order.payment_failed

failed-subject = The payment for your order { $number } didn’t go through
failed-preheader = Please try again, so that we can send your order.
failed-heading = Your payment didn’t go through
failed-intro = The payment for your order didn’t go through. Please try again or choose another way to pay, so that we can send it.
failed-intro-amount = The payment of { $amount } for your order didn’t go through. Please try again or choose another way to pay, so that we can send it.
failed-sms = { $shop }: the payment for your order { $number } didn’t go through. Please try again.
failed-push-title = Your payment didn’t go through
failed-push-body = Please try again, so that we can send your order { $number }.
failed-push-body-amount = { $amount } for order { $number }: please try again, so that we can send it.


## order.refund_requested

refund-subject = We’ve received your refund request for order { $number }
refund-preheader = We’ll look into it and get back to you.
refund-heading = We’ve received your refund request
refund-intro = Thanks for letting us know. We’ll look into your request and get back to you as soon as we can.
refund-intro-amount = Thanks for letting us know. We’ll look into your request for a refund of { $amount } and get back to you as soon as we can.
refund-sms = { $shop }: we’ve received your refund request for order { $number }. We’ll get back to you soon.
refund-sms-amount = { $shop }: we’ve received your request for a refund of { $amount } for order { $number }. We’ll get back to you soon.
refund-push-title = Refund request received
refund-push-body = Order { $number }: we’ll look into it and get back to you.
refund-push-body-amount = Order { $number }, { $amount }: we’ll look into it and get back to you.


## order.completed

completed-subject = How do you like your order { $number }?
completed-preheader = A few words from you help others choose.
completed-heading = How do you like your order?
completed-intro = We hope you’re enjoying your order. Would you share what you think? A few words help others choose, and help us get better.
completed-sms = { $shop }: how do you like your order { $number }? We’d love to hear what you think: { $link }
completed-sms-linkless = { $shop }: how do you like your order { $number }? We’d love to hear what you think.
completed-push-title = How do you like your order?
completed-push-body = A few words about your order { $number } help others choose.
completed-push-body-item = A few words about “{ $item }” help others choose.
