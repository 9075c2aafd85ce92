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
footer-reason = You’re receiving this e-mail because you placed an order with { $shop }.
footer-support = Questions? We’re happy to help: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = You’re receiving this e-mail because you bought something at { $shop }.
unsubscribe = Unsubscribe from messages like this
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = News about your order
push-private-body = Open it to see more.


## Facts

label-number = Order number
label-placed-on = Order date
label-amount-paid = Amount paid
label-payment-method = Payment method
label-paid-on = Paid on
label-carrier = Carrier
label-tracking-number = Tracking number
label-arrives-on = Estimated delivery
label-amount-requested = Refund amount
label-requested-on = Requested on
label-reason = Reason


## Items, sums, address

items-ordered = Your order
items-shipped = In this parcel
items-rest = Not in this parcel
items-rest-note = If these haven’t reached you yet, they’re still to come.
items-refund = Items in your request
items-review = Your items
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] and one more item
   *[other] and { $count } more items
}
quantity = Quantity: { $quantity }
quantity-of = Quantity: { $quantity } of { $ordered }
# $price is the price of one.
quantity-price = { $quantity } × { $price }
total-subtotal = Subtotal
total-discount = Discount
total-shipping = Shipping
total-shipping-free = Free
total-tax = Tax
total-tax-included = Tax included
total-total = Total
address = Shipping address


## Links

action-order = View your order
action-track = Track your parcel
action-review = Write a review
sms-link-order = Details: { $link }
sms-link-track = Track it: { $link }


## order.created

created-subject = We’ve received your order { $number }
created-preheader = Thank you! We’ll let you know as soon as it’s on its way.
created-heading = Thank you for your order
created-intro = We’ve received your order and will let you know as soon as it’s on its way.
created-sms = { $shop }: thank you! We’ve received your order { $number } for { $total }.
created-push-title = We’ve received your order
created-push-body = Order { $number }, { $total }. We’ll let you know as soon as it’s on its way.


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
