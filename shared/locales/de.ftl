# German, for all countries. “Sie” suits every shop.


## In every message

fact = { $label }: { $value }
# They end with a comma, so every “-intro” below starts in lower case.
greeting = Guten Tag { $name },
greeting-nameless = Guten Tag,
footer-reason = Sie erhalten diese E-Mail, weil Sie bei { $shop } bestellt haben.
footer-support = Fragen? Wir helfen Ihnen gern: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Sie erhalten diese E-Mail, weil Sie bei { $shop } eingekauft haben.
unsubscribe = Solche Nachrichten abbestellen
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Neues zu Ihrer Bestellung
push-private-body = Öffnen Sie die Nachricht, um mehr zu erfahren.


## Facts

label-number = Bestellnummer
label-placed-on = Bestelldatum
label-amount-paid = Gezahlter Betrag
label-payment-method = Zahlungsart
label-paid-on = Bezahlt am
label-carrier = Versanddienst
label-tracking-number = Sendungsnummer
label-arrives-on = Voraussichtliche Lieferung
label-amount-requested = Erstattungsbetrag
label-requested-on = Beantragt am
label-reason = Grund


## Items, sums, address

items-ordered = Ihre Bestellung
items-shipped = In diesem Paket
items-rest = Nicht in diesem Paket
items-rest-note = Was noch nicht bei Ihnen angekommen ist, folgt separat.
items-refund = Artikel in Ihrer Anfrage
items-review = Ihre Artikel
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] und ein weiterer Artikel
   *[other] und { $count } weitere Artikel
}
quantity = Menge: { $quantity }
quantity-of = Menge: { $quantity } von { $ordered }
quantity-price = { $quantity } × { $price }
total-subtotal = Zwischensumme
total-discount = Rabatt
total-shipping = Versand
total-shipping-free = Kostenlos
total-tax = Mehrwertsteuer
total-tax-included = Enthaltene Mehrwertsteuer
total-total = Gesamtbetrag
address = Lieferadresse


## Links

action-order = Bestellung ansehen
action-track = Sendung verfolgen
action-review = Bewertung schreiben
sms-link-order = Details: { $link }
sms-link-track = Paket verfolgen: { $link }


## order.created

created-subject = Ihre Bestellung { $number } ist bei uns eingegangen
created-preheader = Vielen Dank! Wir geben Ihnen Bescheid, sobald sie unterwegs ist.
created-heading = Vielen Dank für Ihre Bestellung
created-intro = wir haben Ihre Bestellung erhalten und geben Ihnen Bescheid, sobald sie unterwegs ist.
created-sms = { $shop }: Vielen Dank! Ihre Bestellung { $number } über { $total } ist bei uns eingegangen.
created-push-title = Ihre Bestellung ist eingegangen
created-push-body = Bestellung { $number } ({ $total }). Wir geben Ihnen Bescheid, sobald sie unterwegs ist.


## order.paid

paid-subject = Zahlung für Ihre Bestellung { $number } erhalten
paid-preheader = Vielen Dank! Wir bereiten Ihre Bestellung jetzt vor.
paid-preheader-amount = { $amount } erhalten – vielen Dank! Wir bereiten Ihre Bestellung jetzt vor.
paid-heading = Ihre Zahlung ist eingegangen
paid-intro = vielen Dank! Wir haben Ihre Zahlung erhalten und bereiten Ihre Bestellung jetzt vor.
paid-intro-amount = vielen Dank! Wir haben Ihre Zahlung über { $amount } erhalten und bereiten Ihre Bestellung jetzt vor.
paid-sms = { $shop }: Vielen Dank! Wir haben Ihre Zahlung für die Bestellung { $number } erhalten.
paid-sms-amount = { $shop }: Vielen Dank! Wir haben Ihre Zahlung über { $amount } für die Bestellung { $number } erhalten.
paid-push-title = Zahlung eingegangen
paid-push-body = Vielen Dank! Wir bereiten Ihre Bestellung { $number } jetzt vor.
paid-push-body-amount = Vielen Dank für Ihre Zahlung über { $amount }. Wir bereiten Ihre Bestellung { $number } jetzt vor.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Ihre Bestellung { $number } ist unterwegs
shipped-subject-part = Ein Teil Ihrer Bestellung { $number } ist unterwegs
shipped-preheader = Das ist in Ihrem Paket.
shipped-preheader-arrives = Lieferung voraussichtlich am { $date }
shipped-heading = Ihre Bestellung ist unterwegs
shipped-heading-part = Ein Teil Ihrer Bestellung ist unterwegs
shipped-intro = gute Nachrichten: Wir haben Ihre Bestellung verschickt.
shipped-intro-carrier = gute Nachrichten: Wir haben Ihre Bestellung an { $carrier } übergeben.
shipped-intro-part = gute Nachrichten: Wir haben einen Teil Ihrer Bestellung verschickt. Den Rest versenden wir separat.
shipped-intro-part-carrier = gute Nachrichten: Wir haben ein Paket mit einem Teil Ihrer Bestellung an { $carrier } übergeben. Den Rest versenden wir separat.
shipped-sms = { $shop }: Ihre Bestellung { $number } ist unterwegs.
shipped-sms-part = { $shop }: Ein Teil Ihrer Bestellung { $number } ist unterwegs.
shipped-sms-arrives = Lieferung voraussichtlich am { $date }.
shipped-push-title = Ihre Bestellung ist unterwegs
shipped-push-title-part = Ein Teil Ihrer Bestellung ist unterwegs
shipped-push-body = Wir haben ein Paket aus Ihrer Bestellung { $number } verschickt.
shipped-push-body-carrier = { $carrier } bringt Ihnen ein Paket aus Ihrer Bestellung { $number }.
shipped-push-body-arrives = Bestellung { $number }, Lieferung voraussichtlich am { $date }.


## order.refund_requested

refund-subject = Ihre Erstattungsanfrage zur Bestellung { $number } ist eingegangen
refund-preheader = Wir prüfen sie und melden uns bei Ihnen.
refund-heading = Ihre Erstattungsanfrage ist eingegangen
refund-intro = vielen Dank, dass Sie uns Bescheid gegeben haben. Wir prüfen Ihre Anfrage und melden uns so bald wie möglich bei Ihnen.
refund-intro-amount = vielen Dank, dass Sie uns Bescheid gegeben haben. Wir prüfen Ihre Anfrage zur Erstattung von { $amount } und melden uns so bald wie möglich bei Ihnen.
refund-sms = { $shop }: Ihre Erstattungsanfrage zur Bestellung { $number } ist eingegangen. Wir melden uns bald bei Ihnen.
refund-sms-amount = { $shop }: Ihre Erstattungsanfrage über { $amount } zur Bestellung { $number } ist eingegangen. Wir melden uns bald.
refund-push-title = Erstattungsanfrage eingegangen
refund-push-body = Bestellung { $number }: Wir prüfen Ihre Anfrage und melden uns bei Ihnen.
refund-push-body-amount = Bestellung { $number } ({ $amount }): Wir prüfen Ihre Anfrage und melden uns bei Ihnen.


## order.completed

completed-subject = Wie gefällt Ihnen Ihre Bestellung { $number }?
completed-preheader = Ein paar Worte von Ihnen helfen anderen bei der Auswahl.
completed-heading = Wie gefällt Ihnen Ihre Bestellung?
completed-intro = wir hoffen, Sie haben viel Freude an Ihrer Bestellung. Verraten Sie uns, wie sie Ihnen gefällt? Ein paar Worte helfen anderen bei der Auswahl – und uns, besser zu werden.
completed-sms = { $shop }: Wie gefällt Ihnen Ihre Bestellung { $number }? Wir freuen uns auf Ihre Meinung: { $link }
completed-sms-linkless = { $shop }: Wie gefällt Ihnen Ihre Bestellung { $number }? Wir freuen uns auf Ihre Meinung.
completed-push-title = Wie gefällt Ihnen Ihre Bestellung?
completed-push-body = Ein paar Worte zu Ihrer Bestellung { $number } helfen anderen bei der Auswahl.
completed-push-body-item = Ein paar Worte zu „{ $item }“ helfen anderen bei der Auswahl.
