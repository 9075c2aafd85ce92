# Italian.


## In every message

fact = { $label }: { $value }
# They end with a comma, so every “-intro” below starts in lower case.
greeting = Ciao { $name },
greeting-nameless = Ciao,
footer-reason = Ricevi questa e-mail perché hai fatto un ordine su { $shop }.
footer-support = Hai domande? Siamo felici di aiutarti: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Ricevi questa e-mail perché hai fatto un acquisto su { $shop }.
unsubscribe = Non ricevere più messaggi come questo
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Novità sul tuo ordine
push-private-body = Apri per saperne di più.


## Facts

label-number = Numero d’ordine
label-placed-on = Data dell’ordine
label-amount-paid = Importo pagato
label-payment-method = Metodo di pagamento
label-paid-on = Data del pagamento
label-carrier = Corriere
label-tracking-number = Numero di tracking
label-arrives-on = Consegna prevista
label-amount-requested = Importo del rimborso
label-requested-on = Data della richiesta
label-reason = Motivo


## Items, sums, address

items-ordered = Il tuo ordine
items-shipped = In questo pacco
items-rest = Non inclusi in questo pacco
items-rest-note = Gli articoli che non hai ancora ricevuto arriveranno separatamente.
items-refund = Articoli della tua richiesta
items-review = I tuoi articoli
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] e un altro articolo
   *[other] e altri { $count } articoli
}
quantity = Quantità: { $quantity }
quantity-of = Quantità: { $quantity } di { $ordered }
quantity-price = { $quantity } × { $price }
total-subtotal = Subtotale
total-discount = Sconto
total-shipping = Spedizione
total-shipping-free = Gratuita
total-tax = IVA
total-tax-included = Di cui IVA
total-total = Totale
address = Indirizzo di spedizione


## Links

action-order = Vedi il tuo ordine
action-track = Segui il tuo pacco
action-review = Scrivi una recensione
sms-link-order = Dettagli: { $link }
sms-link-track = Segui il pacco: { $link }


## order.created

created-subject = Abbiamo ricevuto il tuo ordine { $number }
created-preheader = Grazie! Ti avviseremo non appena sarà in viaggio.
created-heading = Grazie per il tuo ordine
created-intro = abbiamo ricevuto il tuo ordine e ti avviseremo non appena sarà in viaggio.
created-sms = { $shop }: grazie! Abbiamo ricevuto il tuo ordine { $number } di { $total }.
created-push-title = Abbiamo ricevuto il tuo ordine
created-push-body = Ordine { $number } ({ $total }). Ti avviseremo non appena sarà in viaggio.


## order.paid

paid-subject = Pagamento ricevuto per il tuo ordine { $number }
paid-preheader = Grazie! Stiamo preparando il tuo ordine.
paid-preheader-amount = Grazie per il pagamento di { $amount }! Stiamo preparando il tuo ordine.
paid-heading = Abbiamo ricevuto il tuo pagamento
paid-intro = grazie! Il tuo pagamento è arrivato e stiamo preparando l’ordine.
paid-intro-amount = grazie! Il tuo pagamento di { $amount } è arrivato e stiamo preparando l’ordine.
paid-sms = { $shop }: grazie! Abbiamo ricevuto il pagamento per il tuo ordine { $number }.
paid-sms-amount = { $shop }: grazie! Abbiamo ricevuto il pagamento di { $amount } per il tuo ordine { $number }.
paid-push-title = Pagamento ricevuto
paid-push-body = Grazie! Stiamo preparando il tuo ordine { $number }.
paid-push-body-amount = Grazie per il pagamento di { $amount }! Stiamo preparando il tuo ordine { $number }.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Il tuo ordine { $number } è in viaggio
shipped-subject-part = Una parte del tuo ordine { $number } è in viaggio
shipped-preheader = Ecco cosa c’è nel pacco.
shipped-preheader-arrives = Consegna prevista: { $date }
shipped-heading = Il tuo ordine è in viaggio
shipped-heading-part = Una parte del tuo ordine è in viaggio
shipped-intro = buone notizie: abbiamo spedito il tuo ordine.
shipped-intro-carrier = buone notizie: abbiamo affidato il tuo ordine a { $carrier }.
shipped-intro-part = buone notizie: abbiamo spedito una parte del tuo ordine. Il resto viaggia separatamente.
shipped-intro-part-carrier = buone notizie: abbiamo affidato a { $carrier } un pacco con una parte del tuo ordine. Il resto viaggia separatamente.
shipped-sms = { $shop }: il tuo ordine { $number } è in viaggio.
shipped-sms-part = { $shop }: una parte del tuo ordine { $number } è in viaggio.
shipped-sms-arrives = Consegna prevista: { $date }.
shipped-push-title = Il tuo ordine è in viaggio
shipped-push-title-part = Una parte del tuo ordine è in viaggio
shipped-push-body = Abbiamo spedito un pacco del tuo ordine { $number }.
shipped-push-body-carrier = { $carrier } ti consegnerà un pacco del tuo ordine { $number }.
shipped-push-body-arrives = Ordine { $number }, consegna prevista: { $date }.


## order.refund_requested

refund-subject = Abbiamo ricevuto la tua richiesta di rimborso per l’ordine { $number }
refund-preheader = La esamineremo e ti faremo sapere.
refund-heading = Abbiamo ricevuto la tua richiesta di rimborso
refund-intro = grazie per averci avvisato. Esamineremo la tua richiesta e ti risponderemo il prima possibile.
refund-intro-amount = grazie per averci avvisato. Esamineremo la tua richiesta di rimborso di { $amount } e ti risponderemo il prima possibile.
refund-sms = { $shop }: abbiamo ricevuto la tua richiesta di rimborso per l’ordine { $number }. Ti risponderemo presto.
refund-sms-amount = { $shop }: abbiamo ricevuto la richiesta di rimborso di { $amount } per l’ordine { $number }. Ti risponderemo presto.
refund-push-title = Richiesta di rimborso ricevuta
refund-push-body = Ordine { $number }: esamineremo la tua richiesta e ti risponderemo.
refund-push-body-amount = Ordine { $number } ({ $amount }): esamineremo la tua richiesta e ti risponderemo.


## order.completed

completed-subject = Cosa pensi del tuo ordine { $number }?
completed-preheader = Bastano poche parole per aiutare gli altri a scegliere.
completed-heading = Cosa pensi del tuo ordine?
completed-intro = speriamo che il tuo ordine ti piaccia. Ti va di dirci cosa ne pensi? Bastano poche parole per aiutare gli altri a scegliere, e noi a migliorare.
completed-sms = { $shop }: cosa pensi del tuo ordine { $number }? Lasciaci la tua opinione: { $link }
completed-sms-linkless = { $shop }: cosa pensi del tuo ordine { $number }? Ci farebbe piacere conoscere la tua opinione.
completed-push-title = Cosa pensi del tuo ordine?
completed-push-body = Bastano poche parole sul tuo ordine { $number } per aiutare gli altri a scegliere.
completed-push-body-item = Bastano poche parole su “{ $item }” per aiutare gli altri a scegliere.
