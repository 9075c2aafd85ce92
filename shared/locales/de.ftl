# German, for all countries: so no word is written with “ß”, which Switzerland
# doesn’t use. “Sie” suits every shop.


## In every message

# "$label" and "$value" stand on one line of a list of facts.
fact = { $label }: { $value }
# They end with a comma, so every “-intro” below starts in lower case.
greeting = Guten Tag { $name },
greeting-nameless = Guten Tag,
footer-reason = Sie erhalten diese Nachricht, weil Sie bei { $shop } bestellt haben.
footer-support = Fragen? Wir helfen Ihnen gern: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Sie erhalten diese Nachricht, weil Sie bei { $shop } eingekauft haben.
unsubscribe = Solche Nachrichten abbestellen
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Neues zu Ihrer Bestellung
push-private-body = Öffnen Sie die Nachricht, um mehr zu erfahren.


## The pages where customers choose what they hear of

preferences = Nachrichten auswählen
preferences-heading = Welche Nachrichten möchten Sie erhalten?
preferences-intro = Wählen Sie, was { $shop } Ihnen senden darf und auf welchem Weg.
preferences-save = Speichern
preferences-saved = Gespeichert. Das gilt ab sofort.
topic-order-updates = Neuigkeiten zu Bestellungen
topic-order-updates-note = Wie es um Ihre Bestellung steht: bestätigt, unterwegs, zugestellt.
topic-required = Einige davon müssen wir Ihnen senden, etwa Bestellbestätigungen und Erstattungen. Bitte lassen Sie deshalb mindestens einen Weg eingeschaltet.
topic-reviews = Bitten um Bewertungen
topic-reviews-note = Einige Zeit nach Ihrer Bestellung fragen wir, wie zufrieden Sie sind.
channel-email = E-Mail
channel-sms = SMS
channel-push = Mitteilungen in der App
unsubscribe-heading = Abbestellen?
unsubscribe-question = { $shop } sendet Ihnen dann diese Nachrichten nicht mehr: { $topic }.
unsubscribe-button = Abbestellen
unsubscribed-heading = Sie haben abbestellt
unsubscribed-text = { $shop } sendet Ihnen diese Nachrichten nicht mehr: { $topic }.
unsubscribed-orders = Wie es um Ihre Bestellungen steht, erfahren Sie weiterhin.
problem-heading = Das hat nicht geklappt
problem-link = Dieser Link ist ungültig. Bitte öffnen Sie ihn noch einmal aus der Nachricht und achten Sie darauf, dass er vollständig ist. Es wurde nichts geändert.
problem-expired = Dieser Link ist abgelaufen. Einen neuen finden Sie am Ende unserer letzten Nachricht an Sie. Es wurde nichts geändert.
problem-unknown-order = Die Bestellung zu diesem Link ist bei uns nicht mehr gespeichert, daher wurde nichts geändert. Bitte wenden Sie sich an uns.
problem-one-channel = Es wurde nichts geändert: Bitte lassen Sie für Neuigkeiten zu Bestellungen mindestens einen Weg eingeschaltet.
problem-form = Die Angaben konnten nicht gelesen werden. Es wurde nichts geändert.
problem-later = Das geht gerade nicht. Bitte versuchen Sie es in ein paar Minuten noch einmal.
problem-page = Diese Seite gibt es nicht.


## Facts

label-number = Bestellnummer
label-placed-on = Bestelldatum
label-amount-paid = Bezahlter Betrag
label-payment-method = Zahlungsart
label-paid-on = Bezahlt am
label-carrier = Versanddienst
label-tracking-number = Sendungsnummer
label-arrives-on = Erwartete Lieferung
label-amount-requested = Beantragter Betrag
label-requested-on = Beantragt am
label-reason = Grund
label-shipping-method = Versandart
label-delivered-on = Zugestellt am
# Where a parcel was left, or with whom: "With your neighbour".
label-location = Zustellort
label-amount-due = Noch zu zahlen
label-refunded-amount = Erstattet
label-refund-shipping = davon Versand
label-refund-to = Erstattet auf
label-refunded-on = Erstattet am
label-previous-total = Bisherige Summe
label-new-total = Neue Summe
label-pickup-until = Abholbar bis
label-pickup-code = Abholcode
label-tax-id = Steuernummer
# How to pay by bank transfer.
label-account-holder = Kontoinhaber
label-iban = IBAN
label-bic = BIC
# The word on the banks’ own forms, though it is long.
label-payment-reference = Verwendungszweck
label-pay-by = Zahlbar bis


## Items, sums, address

items-ordered = Ihre Bestellung
items-shipped = In diesem Paket
items-rest = Nicht in diesem Paket
items-rest-note = Was noch nicht bei Ihnen angekommen ist, folgt separat.
items-refund = Artikel in Ihrer Anfrage
items-review = Ihre Artikel
items-now = Ihre aktualisierte Bestellung
items-cancelled = Stornierte Artikel
items-refunded = Erstattete Artikel
items-pickup = Zur Abholung bereit
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] und ein weiterer Artikel
   *[other] und { $count } weitere Artikel
}
quantity = Menge: { $quantity }
quantity-of = Menge: { $quantity } von { $ordered }
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = statt { $price }
line-discount = Rabatt: { $amount }
download = Herunterladen
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = Ihre Pakete
total-subtotal = Zwischensumme
total-discount = Rabatt
total-shipping = Versand
total-shipping-free = Kostenlos
total-tax = Steuern
total-tax-included = Enthaltene Steuern
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = inkl. { $tax }
total-fee = Gebühr
total-tip = Trinkgeld
total-gift-card = Geschenkkarte
total-rounding = Rundung
total-total = Gesamtbetrag
total-paid = Bezahlt
total-due = Noch zu zahlen
address = Lieferadresse
billing-address = Rechnungsadresse
pickup-point = Abholort
opening-hours = Öffnungszeiten
payment-instructions = So bezahlen Sie
changes = Das hat sich geändert
order-note = Ihre Anmerkung
gift-message = Ihre Geschenknachricht


## Links

action-order = Bestellung ansehen
action-track = Sendung verfolgen
action-review = Bewertung schreiben
action-invoice = Rechnung ansehen
action-pay = Jetzt bezahlen
sms-link-order = Details: { $link }
sms-link-track = Sendung verfolgen: { $link }
sms-link-pay = Hier bezahlen: { $link }


## order.created

created-subject = Ihre Bestellung { $number } ist bei uns eingegangen
created-preheader = Vielen Dank! Wir geben Ihnen Bescheid, sobald Ihre Bestellung unterwegs ist.
created-heading = Vielen Dank für Ihre Bestellung
created-intro = wir haben Ihre Bestellung erhalten und geben Ihnen Bescheid, sobald sie unterwegs ist.
created-sms = { $shop }: Vielen Dank! Ihre Bestellung { $number } über { $total } ist bei uns eingegangen.
# Where no total is shown, as the order is a gift.
created-sms-plain = { $shop }: Vielen Dank! Ihre Bestellung { $number } ist bei uns eingegangen.
created-push-title = Ihre Bestellung ist eingegangen
created-push-body = Bestellung { $number } über { $total }: Wir geben Ihnen Bescheid, sobald sie unterwegs ist.
created-push-body-plain = Bestellung { $number }: Wir geben Ihnen Bescheid, sobald sie unterwegs ist.


## order.paid

paid-subject = Zahlung für Ihre Bestellung { $number } erhalten
paid-preheader = Vielen Dank! Wir kümmern uns jetzt um Ihre Bestellung.
paid-preheader-amount = Zahlung über { $amount } erhalten – vielen Dank! Wir kümmern uns jetzt um Ihre Bestellung.
paid-heading = Ihre Zahlung ist eingegangen
paid-intro = vielen Dank! Wir haben Ihre Zahlung erhalten und kümmern uns jetzt um Ihre Bestellung.
paid-intro-amount = vielen Dank! Wir haben Ihre Zahlung über { $amount } erhalten und kümmern uns jetzt um Ihre Bestellung.
paid-sms = { $shop }: Vielen Dank! Wir haben Ihre Zahlung für die Bestellung { $number } erhalten.
paid-sms-amount = { $shop }: Vielen Dank! Wir haben Ihre Zahlung über { $amount } für die Bestellung { $number } erhalten.
paid-push-title = Zahlung eingegangen
paid-push-body = Vielen Dank! Wir kümmern uns jetzt um Ihre Bestellung { $number }.
paid-push-body-amount = Vielen Dank für Ihre Zahlung über { $amount }. Wir kümmern uns jetzt um Ihre Bestellung { $number }.
# A part of the order is paid.
paid-intro-due = vielen Dank! Wir haben Ihre Zahlung über { $amount } erhalten. Noch zu zahlen: { $due }.
# There was nothing to pay.
paid-subject-free = Ihre Bestellung { $number } ist bestätigt
paid-preheader-free = Sie müssen nichts bezahlen. Wir kümmern uns jetzt um Ihre Bestellung.
paid-heading-free = Ihre Bestellung ist bestätigt
paid-intro-free = Sie müssen nichts bezahlen, und wir kümmern uns jetzt um Ihre Bestellung.
paid-sms-free = { $shop }: Ihre Bestellung { $number } ist bestätigt. Sie müssen nichts bezahlen.
paid-push-title-free = Bestellung bestätigt
paid-push-body-free = Für die Bestellung { $number } müssen Sie nichts bezahlen. Wir kümmern uns jetzt darum.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Ihre Bestellung { $number } ist unterwegs
shipped-subject-part = Ein Teil Ihrer Bestellung { $number } ist unterwegs
shipped-preheader = Das ist in Ihrem Paket.
shipped-preheader-arrives = Voraussichtliche Lieferung: { $date }
shipped-heading = Ihre Bestellung ist unterwegs
shipped-heading-part = Ein Teil Ihrer Bestellung ist unterwegs
shipped-intro = gute Nachrichten: Wir haben Ihre Bestellung verschickt.
shipped-intro-carrier = gute Nachrichten: Wir haben Ihre Bestellung per { $carrier } verschickt.
shipped-intro-part = gute Nachrichten: Wir haben einen Teil Ihrer Bestellung verschickt. Der Rest folgt separat.
shipped-intro-part-carrier = gute Nachrichten: Wir haben einen Teil Ihrer Bestellung per { $carrier } verschickt. Der Rest folgt separat.
shipped-sms = { $shop }: Ihre Bestellung { $number } ist unterwegs.
shipped-sms-part = { $shop }: Ein Teil Ihrer Bestellung { $number } ist unterwegs.
shipped-sms-arrives = Voraussichtliche Lieferung: { $date }.
shipped-push-title = Ihre Bestellung ist unterwegs
shipped-push-title-part = Ein Teil Ihrer Bestellung ist unterwegs
shipped-push-body = Wir haben ein Paket aus Ihrer Bestellung { $number } verschickt.
shipped-push-body-carrier = { $carrier } bringt Ihnen ein Paket aus Ihrer Bestellung { $number }.
shipped-push-body-arrives = Bestellung { $number }, voraussichtliche Lieferung: { $date }


## order.shipment_updated

tracking-subject = Neues zur Lieferung Ihrer Bestellung { $number }
tracking-preheader = So verfolgen Sie Ihr Paket.
tracking-preheader-arrives = Voraussichtliche Lieferung: { $date }
tracking-heading = Neues zu Ihrem Paket
tracking-intro = es gibt Neues zur Lieferung Ihrer Bestellung. Hier sehen Sie den aktuellen Stand.
tracking-sms = { $shop }: Es gibt Neues zur Lieferung Ihrer Bestellung { $number }.
tracking-push-title = Neues zu Ihrem Paket
tracking-push-body = Es gibt Neues zur Lieferung Ihrer Bestellung { $number }.
tracking-push-body-arrives = Bestellung { $number }, voraussichtliche Lieferung: { $date }


## order.out_for_delivery

out-subject = Ihr Paket zur Bestellung { $number } kommt heute
out-preheader = Ihr Paket ist auf dem Weg zu Ihnen.
out-heading = Ihr Paket kommt heute
out-intro = Ihr Paket ist in der Zustellung und sollte heute bei Ihnen ankommen.
out-intro-carrier = { $carrier } ist mit Ihrem Paket auf dem Weg zu Ihnen. Es sollte heute ankommen.
out-sms = { $shop }: Das Paket zu Ihrer Bestellung { $number } sollte heute ankommen.
out-push-title = Ihr Paket kommt heute
out-push-body = Das Paket zu Ihrer Bestellung { $number } ist auf dem Weg zu Ihnen.
out-push-body-carrier = { $carrier } bringt Ihnen heute das Paket zu Ihrer Bestellung { $number }.


## order.delivered

delivered-subject = Ihr Paket zur Bestellung { $number } wurde zugestellt
delivered-preheader = Wir wünschen Ihnen viel Freude damit.
delivered-preheader-location = Zustellort: { $location }
delivered-heading = Ihr Paket wurde zugestellt
delivered-intro = Ihr Paket ist angekommen. Wir wünschen Ihnen viel Freude damit!
delivered-sms = { $shop }: Das Paket zu Ihrer Bestellung { $number } wurde zugestellt.
delivered-sms-location = Zustellort: { $location }.
delivered-push-title = Paket zugestellt
delivered-push-body = Das Paket zu Ihrer Bestellung { $number } wurde zugestellt.
delivered-push-body-location = Bestellung { $number }, Zustellort: { $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = Ihre Bestellung { $number } liegt zur Abholung bereit
pickup-preheader = Hier können Sie Ihre Bestellung abholen.
pickup-preheader-until = Abholbar bis { $date }.
pickup-heading = Ihre Bestellung ist abholbereit
pickup-intro = Ihre Bestellung liegt für Sie bereit.
pickup-intro-name = Ihre Bestellung liegt für Sie bereit: { $name }.
pickup-sms = { $shop }: Ihre Bestellung { $number } liegt zur Abholung bereit.
pickup-sms-name = { $shop }: Ihre Bestellung { $number } liegt zur Abholung bereit: { $name }.
pickup-sms-until = Abholbar bis { $date }.
pickup-sms-code = Abholcode: { $code }.
pickup-push-title = Ihre Bestellung ist abholbereit
pickup-push-body = Ihre Bestellung { $number } liegt für Sie bereit.
pickup-push-body-name = Ihre Bestellung { $number } liegt für Sie bereit: { $name }
pickup-push-body-until = Ihre Bestellung { $number } liegt für Sie bereit, abholbar bis { $date }.


## order.edited

edited-subject = Ihre Bestellung { $number } wurde geändert
edited-preheader = Hier sehen Sie den aktuellen Stand.
edited-preheader-total = Neuer Gesamtbetrag: { $total }
edited-heading = Ihre Bestellung wurde geändert
edited-intro = wir haben Ihre Bestellung geändert. Hier sehen Sie den aktuellen Stand.
edited-sms = { $shop }: Ihre Bestellung { $number } wurde geändert.
edited-sms-total = { $shop }: Ihre Bestellung { $number } wurde geändert. Neuer Gesamtbetrag: { $total }.
edited-push-title = Ihre Bestellung wurde geändert
edited-push-body = Hier sehen Sie den aktuellen Stand Ihrer Bestellung { $number }.
edited-push-body-total = Bestellung { $number }, neuer Gesamtbetrag: { $total }


## order.cancelled; "part" where only a part of the order is

cancelled-subject = Ihre Bestellung { $number } wurde storniert
cancelled-subject-part = Ein Teil Ihrer Bestellung { $number } wurde storniert
cancelled-preheader = So geht es jetzt weiter.
cancelled-preheader-refund = Sie erhalten { $amount } zurück.
cancelled-heading = Ihre Bestellung wurde storniert
cancelled-heading-part = Ein Teil Ihrer Bestellung wurde storniert
# What happens to the money, after "has been cancelled".
cancelled-intro = Ihr Geld erhalten Sie zurück, falls Sie schon bezahlt haben.
cancelled-intro-refund = Sie erhalten { $amount } zurück.
cancelled-intro-refund-to = Sie erhalten { $amount } zurück ({ $to }).
cancelled-sms = { $shop }: Ihre Bestellung { $number } wurde storniert.
cancelled-sms-part = { $shop }: Ein Teil Ihrer Bestellung { $number } wurde storniert.
cancelled-sms-refund = Sie erhalten { $amount } zurück.
cancelled-push-title = Bestellung storniert
cancelled-push-title-part = Bestellung teilweise storniert
cancelled-push-body = Ihre Bestellung { $number } wurde storniert.
cancelled-push-body-part = Ein Teil Ihrer Bestellung { $number } wurde storniert.
cancelled-push-body-refund = Bestellung { $number }: Sie erhalten { $amount } zurück.


## order.refunded: the money is on its way back

refunded-subject = Ihre Erstattung zur Bestellung { $number } ist unterwegs
refunded-preheader = Bis das Geld bei Ihnen ankommt, kann es einige Tage dauern.
refunded-preheader-amount = Wir haben Ihnen { $amount } erstattet.
refunded-heading = Ihre Erstattung ist unterwegs
refunded-intro = wir haben Ihre Erstattung veranlasst. Bis das Geld bei Ihnen ankommt, kann es einige Tage dauern.
refunded-intro-amount = wir haben Ihnen { $amount } erstattet. Bis das Geld bei Ihnen ankommt, kann es einige Tage dauern.
refunded-intro-amount-to = wir haben Ihnen { $amount } erstattet ({ $to }). Bis das Geld bei Ihnen ankommt, kann es einige Tage dauern.
refunded-sms = { $shop }: Ihre Erstattung zur Bestellung { $number } ist unterwegs.
refunded-sms-amount = { $shop }: Ihre Erstattung über { $amount } zur Bestellung { $number } ist unterwegs.
refunded-push-title = Ihre Erstattung ist unterwegs
refunded-push-body = Ihre Erstattung zur Bestellung { $number } ist unterwegs.
refunded-push-body-amount = Ihre Erstattung über { $amount } zur Bestellung { $number } ist unterwegs.


## order.payment_failed

failed-subject = Die Zahlung für Ihre Bestellung { $number } hat nicht geklappt
failed-preheader = Bitte versuchen Sie es noch einmal, damit wir Ihre Bestellung versenden können.
failed-heading = Ihre Zahlung hat nicht geklappt
failed-intro = die Zahlung für Ihre Bestellung hat nicht geklappt. Bitte versuchen Sie es noch einmal oder wählen Sie eine andere Zahlungsart, damit wir Ihre Bestellung versenden können.
failed-intro-amount = die Zahlung über { $amount } für Ihre Bestellung hat nicht geklappt. Bitte versuchen Sie es noch einmal oder wählen Sie eine andere Zahlungsart, damit wir Ihre Bestellung versenden können.
failed-sms = { $shop }: Die Zahlung für Ihre Bestellung { $number } hat nicht geklappt. Bitte versuchen Sie es noch einmal.
failed-push-title = Ihre Zahlung hat nicht geklappt
failed-push-body = Bitte versuchen Sie es noch einmal, damit wir Ihre Bestellung { $number } versenden können.
failed-push-body-amount = Bestellung { $number } über { $amount }: Bitte versuchen Sie es noch einmal, damit wir sie versenden können.


## order.refund_requested

refund-subject = Ihre Erstattungsanfrage zur Bestellung { $number } ist eingegangen
refund-preheader = Wir prüfen sie und melden uns bei Ihnen.
refund-heading = Ihre Erstattungsanfrage ist eingegangen
refund-intro = vielen Dank für Ihre Nachricht. Wir prüfen Ihre Anfrage und melden uns so bald wie möglich bei Ihnen.
refund-intro-amount = vielen Dank für Ihre Nachricht. Sie bitten um eine Erstattung von { $amount }. Wir prüfen Ihre Anfrage und melden uns so bald wie möglich bei Ihnen.
refund-sms = { $shop }: Ihre Erstattungsanfrage zur Bestellung { $number } ist eingegangen. Wir melden uns bald bei Ihnen.
refund-sms-amount = { $shop }: Ihre Erstattungsanfrage über { $amount } zur Bestellung { $number } ist eingegangen. Wir melden uns bald.
refund-push-title = Erstattungsanfrage eingegangen
refund-push-body = Bestellung { $number }: Wir prüfen Ihre Anfrage und melden uns bei Ihnen.
refund-push-body-amount = Wir prüfen Ihre Anfrage über { $amount } zur Bestellung { $number } und melden uns bei Ihnen.


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
