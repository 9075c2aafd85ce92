# Italian, for all countries.


## In every message

# "$label" and "$value" stand on one line of a list of facts.
fact = { $label }: { $value }
# They end with a comma, so every “-intro” below starts in lower case.
greeting = Ciao { $name },
greeting-nameless = Ciao,
footer-reason = Ricevi questo messaggio perché hai fatto un ordine su { $shop }.
footer-support = Hai domande? Siamo felici di aiutarti: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Ricevi questo messaggio perché hai fatto un acquisto su { $shop }.
unsubscribe = Non ricevere più messaggi come questo
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Novità sul tuo ordine
push-private-body = Apri per saperne di più.


## The pages where customers choose what they hear of

preferences = Scegli quali messaggi ricevere
preferences-heading = Quali messaggi vuoi ricevere?
preferences-intro = Scegli che cosa può inviarti { $shop } e con quale mezzo.
preferences-save = Salva
preferences-saved = Salvato. Vale da subito.
topic-order-updates = Aggiornamenti sugli ordini
topic-order-updates-note = A che punto è il tuo ordine: confermato, in viaggio, consegnato.
topic-required = Alcuni di questi messaggi sono obbligatori, come la conferma dell’ordine o i rimborsi: lascia attivo almeno un mezzo.
topic-reviews = Richieste di recensione
topic-reviews-note = Qualche tempo dopo l’ordine ti chiediamo che cosa ne pensi.
channel-email = E-mail
channel-sms = SMS
channel-push = Notifiche dell’app
unsubscribe-heading = Vuoi disiscriverti?
unsubscribe-question = { $shop } non ti invierà più questi messaggi: { $topic }.
unsubscribe-button = Disiscrivimi
unsubscribed-heading = Disiscrizione completata
unsubscribed-text = { $shop } non ti invierà più questi messaggi: { $topic }.
unsubscribed-orders = Continuerai a sapere a che punto sono i tuoi ordini.
problem-heading = Non ha funzionato
problem-link = Questo link non è valido. Aprilo di nuovo dal messaggio e controlla che sia completo. Non è stato modificato nulla.
problem-expired = Questo link è scaduto. Ne trovi uno nuovo alla fine del nostro ultimo messaggio. Non è stato modificato nulla.
problem-unknown-order = Non conserviamo più l’ordine a cui appartiene questo link, quindi non è stato modificato nulla. Contattaci, per favore.
problem-one-channel = Non è stato modificato nulla: lascia attivo almeno un mezzo per gli aggiornamenti sugli ordini.
problem-form = Non siamo riusciti a leggere i dati inviati. Non è stato modificato nulla.
problem-later = Al momento non è possibile. Riprova tra qualche minuto.
problem-page = Questa pagina non esiste.


## Facts

label-number = Numero d’ordine
label-placed-on = Data dell’ordine
label-amount-paid = Importo pagato
label-payment-method = Metodo di pagamento
label-paid-on = Data del pagamento
label-carrier = Corriere
label-tracking-number = Numero di tracking
label-arrives-on = Consegna prevista
label-amount-requested = Importo richiesto
label-requested-on = Data della richiesta
label-reason = Motivo
label-shipping-method = Metodo di spedizione
label-delivered-on = Data di consegna
# Where a parcel was left, or with whom: "With your neighbour".
label-location = Dove si trova
label-amount-due = Ancora da pagare
label-refunded-amount = Importo rimborsato
label-refund-shipping = di cui spedizione
label-refund-to = Rimborsato su
label-refunded-on = Data del rimborso
label-previous-total = Totale precedente
label-new-total = Nuovo totale
label-pickup-until = Da ritirare entro
label-pickup-code = Codice di ritiro
label-tax-id = P. IVA / C.F.
# How to pay by bank transfer.
label-account-holder = Intestatario
label-iban = IBAN
label-bic = BIC
label-payment-reference = Causale
label-pay-by = Da pagare entro


## Items, sums, address

items-ordered = Il tuo ordine
items-shipped = In questo pacco
items-rest = Non inclusi in questo pacco
items-rest-note = Gli articoli che non hai ancora ricevuto arriveranno separatamente.
items-refund = Articoli della tua richiesta
items-review = I tuoi articoli
items-now = Il tuo ordine aggiornato
items-cancelled = Articoli annullati
items-refunded = Articoli rimborsati
items-pickup = Da ritirare
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] e un altro articolo
   *[other] e altri { $count } articoli
}
quantity = Quantità: { $quantity }
quantity-of = Quantità: { $quantity } di { $ordered }
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = anziché { $price }
line-discount = Sconto: { $amount }
download = Scarica
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = I tuoi pacchi
total-subtotal = Subtotale
total-discount = Sconto
total-shipping = Spedizione
total-shipping-free = Gratuita
total-tax = Imposte
total-tax-included = Imposte incluse
# $tax is a tax by its own name, with its rate: "IVA (22 %)".
total-includes = di cui { $tax }
total-fee = Supplemento
total-tip = Mancia
total-gift-card = Carta regalo
total-rounding = Arrotondamento
total-total = Totale
total-paid = Pagato
total-due = Ancora da pagare
address = Indirizzo di spedizione
billing-address = Indirizzo di fatturazione
pickup-point = Punto di ritiro
opening-hours = Orari di apertura
payment-instructions = Come pagare
changes = Cosa è cambiato
order-note = La tua nota
gift-message = Il tuo messaggio regalo


## Links

action-order = Vedi il tuo ordine
action-track = Segui il tuo pacco
action-review = Scrivi una recensione
action-invoice = Vedi la fattura
action-pay = Paga ora
sms-link-order = Dettagli: { $link }
sms-link-track = Segui il pacco: { $link }
sms-link-pay = Paga qui: { $link }


## order.created

created-subject = Abbiamo ricevuto il tuo ordine { $number }
created-preheader = Grazie! Ti avviseremo non appena il tuo ordine sarà in viaggio.
created-heading = Grazie per il tuo ordine
created-intro = abbiamo ricevuto il tuo ordine e ti avviseremo non appena sarà in viaggio.
created-sms = { $shop }: grazie! Abbiamo ricevuto il tuo ordine { $number } di { $total }.
# Where no total is shown, as the order is a gift.
created-sms-plain = { $shop }: grazie! Abbiamo ricevuto il tuo ordine { $number }.
created-push-title = Abbiamo ricevuto il tuo ordine
created-push-body = Ordine { $number } di { $total }: ti avviseremo non appena sarà in viaggio.
created-push-body-plain = Ordine { $number }: ti avviseremo non appena sarà in viaggio.


## order.paid

paid-subject = Pagamento ricevuto per il tuo ordine { $number }
paid-preheader = Grazie! Stiamo preparando il tuo ordine.
paid-preheader-amount = Grazie per il pagamento di { $amount }! Stiamo preparando il tuo ordine.
paid-heading = Abbiamo ricevuto il tuo pagamento
paid-intro = grazie! Abbiamo ricevuto il tuo pagamento e stiamo preparando l’ordine.
paid-intro-amount = grazie! Abbiamo ricevuto il tuo pagamento di { $amount } e stiamo preparando l’ordine.
paid-sms = { $shop }: grazie! Abbiamo ricevuto il pagamento per il tuo ordine { $number }.
paid-sms-amount = { $shop }: grazie! Abbiamo ricevuto il pagamento di { $amount } per il tuo ordine { $number }.
paid-push-title = Pagamento ricevuto
paid-push-body = Grazie! Stiamo preparando il tuo ordine { $number }.
paid-push-body-amount = Grazie per il pagamento di { $amount }! Stiamo preparando il tuo ordine { $number }.
# A part of the order is paid.
paid-intro-due = grazie! Abbiamo ricevuto il tuo pagamento di { $amount }. Ancora da pagare: { $due }.
# There was nothing to pay.
paid-subject-free = Il tuo ordine { $number } è confermato
paid-preheader-free = Non devi pagare nulla. Stiamo preparando il tuo ordine.
paid-heading-free = Il tuo ordine è confermato
paid-intro-free = non devi pagare nulla e stiamo già preparando il tuo ordine.
paid-sms-free = { $shop }: il tuo ordine { $number } è confermato, non devi pagare nulla.
paid-push-title-free = Ordine confermato
paid-push-body-free = Non devi pagare nulla per l’ordine { $number }. Lo stiamo preparando.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Il tuo ordine { $number } è in viaggio
shipped-subject-part = Una parte del tuo ordine { $number } è in viaggio
shipped-preheader = Ecco cosa c’è nel pacco.
shipped-preheader-arrives = Consegna prevista: { $date }
shipped-heading = Il tuo ordine è in viaggio
shipped-heading-part = Una parte del tuo ordine è in viaggio
shipped-intro = buone notizie: abbiamo spedito il tuo ordine.
shipped-intro-carrier = buone notizie: abbiamo spedito il tuo ordine con { $carrier }.
shipped-intro-part = buone notizie: abbiamo spedito una parte del tuo ordine. Il resto arriverà separatamente.
shipped-intro-part-carrier = buone notizie: abbiamo spedito una parte del tuo ordine con { $carrier }. Il resto arriverà separatamente.
shipped-sms = { $shop }: il tuo ordine { $number } è in viaggio.
shipped-sms-part = { $shop }: una parte del tuo ordine { $number } è in viaggio.
shipped-sms-arrives = Consegna prevista: { $date }.
shipped-push-title = Il tuo ordine è in viaggio
shipped-push-title-part = Una parte del tuo ordine è in viaggio
shipped-push-body = Abbiamo spedito un pacco del tuo ordine { $number }.
shipped-push-body-carrier = { $carrier } ti consegnerà un pacco del tuo ordine { $number }.
shipped-push-body-arrives = Ordine { $number }, consegna prevista: { $date }


## order.shipment_updated

tracking-subject = Novità sulla consegna del tuo ordine { $number }
tracking-preheader = Ecco come seguire il tuo pacco.
tracking-preheader-arrives = Consegna prevista: { $date }
tracking-heading = Novità sul tuo pacco
tracking-intro = ci sono novità sulla consegna del tuo ordine. Ecco gli ultimi aggiornamenti.
tracking-sms = { $shop }: ci sono novità sulla consegna del tuo ordine { $number }.
tracking-push-title = Novità sul tuo pacco
tracking-push-body = Ci sono novità sulla consegna del tuo ordine { $number }.
tracking-push-body-arrives = Ordine { $number }, consegna prevista: { $date }


## order.out_for_delivery

out-subject = Il pacco del tuo ordine { $number } arriva oggi
out-preheader = Il tuo pacco è in consegna.
out-heading = Il tuo pacco arriva oggi
out-intro = il tuo pacco è in consegna e dovrebbe arrivare oggi.
out-intro-carrier = il tuo pacco è in consegna con { $carrier } e dovrebbe arrivare oggi.
out-sms = { $shop }: il pacco del tuo ordine { $number } dovrebbe arrivare oggi.
out-push-title = Il tuo pacco arriva oggi
out-push-body = Il pacco del tuo ordine { $number } è in consegna.
out-push-body-carrier = Il pacco del tuo ordine { $number } arriva oggi con { $carrier }.


## order.delivered

delivered-subject = Il pacco del tuo ordine { $number } è stato consegnato
delivered-preheader = Speriamo che il tuo acquisto ti piaccia.
delivered-preheader-location = Dove si trova: { $location }
delivered-heading = Il tuo pacco è stato consegnato
delivered-intro = il tuo pacco è arrivato. Speriamo che il tuo acquisto ti piaccia!
delivered-sms = { $shop }: il pacco del tuo ordine { $number } è stato consegnato.
delivered-sms-location = Dove si trova: { $location }.
delivered-push-title = Pacco consegnato
delivered-push-body = Il pacco del tuo ordine { $number } è stato consegnato.
delivered-push-body-location = Ordine { $number }, dove si trova: { $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = Il tuo ordine { $number } è pronto per il ritiro
pickup-preheader = Ecco dove ritirarlo.
pickup-preheader-until = Da ritirare entro: { $date }
pickup-heading = Il tuo ordine è pronto per il ritiro
pickup-intro = il tuo ordine è pronto e ti aspetta.
pickup-intro-name = il tuo ordine è pronto e ti aspetta qui: { $name }.
pickup-sms = { $shop }: il tuo ordine { $number } è pronto per il ritiro.
pickup-sms-name = { $shop }: il tuo ordine { $number } è pronto per il ritiro: { $name }.
pickup-sms-until = Da ritirare entro: { $date }.
pickup-sms-code = Codice di ritiro: { $code }.
pickup-push-title = Ordine pronto per il ritiro
pickup-push-body = Il tuo ordine { $number } ti aspetta.
pickup-push-body-name = Il tuo ordine { $number } ti aspetta qui: { $name }
pickup-push-body-until = Il tuo ordine { $number } ti aspetta. Da ritirare entro: { $date }


## order.edited

edited-subject = Il tuo ordine { $number } è stato modificato
edited-preheader = Ecco il riepilogo aggiornato.
edited-preheader-total = Nuovo totale: { $total }
edited-heading = Il tuo ordine è stato modificato
edited-intro = abbiamo modificato il tuo ordine. Ecco il riepilogo aggiornato.
edited-sms = { $shop }: il tuo ordine { $number } è stato modificato.
edited-sms-total = { $shop }: il tuo ordine { $number } è stato modificato. Nuovo totale: { $total }.
edited-push-title = Il tuo ordine è stato modificato
edited-push-body = Ecco il riepilogo aggiornato del tuo ordine { $number }.
edited-push-body-total = Ordine { $number }, nuovo totale: { $total }


## order.cancelled; "part" where only a part of the order is

cancelled-subject = Il tuo ordine { $number } è stato annullato
cancelled-subject-part = Una parte del tuo ordine { $number } è stata annullata
cancelled-preheader = Ecco cosa succede adesso.
cancelled-preheader-refund = Ti rimborseremo { $amount }.
cancelled-heading = Il tuo ordine è stato annullato
cancelled-heading-part = Una parte del tuo ordine è stata annullata
# What happens to the money, after "has been cancelled".
cancelled-intro = se hai già pagato, riceverai un rimborso.
cancelled-intro-refund = ti rimborseremo { $amount }.
cancelled-intro-refund-to = ti rimborseremo { $amount } su { $to }.
cancelled-sms = { $shop }: il tuo ordine { $number } è stato annullato.
cancelled-sms-part = { $shop }: una parte del tuo ordine { $number } è stata annullata.
cancelled-sms-refund = Ti rimborseremo { $amount }.
cancelled-push-title = Ordine annullato
cancelled-push-title-part = Ordine annullato in parte
cancelled-push-body = Il tuo ordine { $number } è stato annullato.
cancelled-push-body-part = Una parte del tuo ordine { $number } è stata annullata.
cancelled-push-body-refund = Ordine { $number }: ti rimborseremo { $amount }.


## order.refunded: the money is on its way back

refunded-subject = Il rimborso per il tuo ordine { $number } è in arrivo
refunded-preheader = L’accredito può richiedere alcuni giorni.
refunded-preheader-amount = Ti abbiamo rimborsato { $amount }.
refunded-heading = Il tuo rimborso è in arrivo
refunded-intro = abbiamo disposto il tuo rimborso. L’accredito può richiedere alcuni giorni.
refunded-intro-amount = ti abbiamo rimborsato { $amount }. L’accredito può richiedere alcuni giorni.
refunded-intro-amount-to = ti abbiamo rimborsato { $amount } su { $to }. L’accredito può richiedere alcuni giorni.
refunded-sms = { $shop }: il rimborso per il tuo ordine { $number } è in arrivo.
refunded-sms-amount = { $shop }: il rimborso di { $amount } per il tuo ordine { $number } è in arrivo.
refunded-push-title = Il tuo rimborso è in arrivo
refunded-push-body = Il rimborso per il tuo ordine { $number } è in arrivo.
refunded-push-body-amount = Il rimborso di { $amount } per il tuo ordine { $number } è in arrivo.


## order.payment_failed

failed-subject = Il pagamento per il tuo ordine { $number } non è andato a buon fine
failed-preheader = Riprova, così potremo spedire il tuo ordine.
failed-heading = Il pagamento non è andato a buon fine
failed-intro = il pagamento per il tuo ordine non è andato a buon fine. Riprova o scegli un altro metodo di pagamento, così potremo spedirlo.
failed-intro-amount = il pagamento di { $amount } per il tuo ordine non è andato a buon fine. Riprova o scegli un altro metodo di pagamento, così potremo spedirlo.
failed-sms = { $shop }: il pagamento per il tuo ordine { $number } non è andato a buon fine. Riprova, per favore.
failed-push-title = Il pagamento non è andato a buon fine
failed-push-body = Riprova, così potremo spedire il tuo ordine { $number }.
failed-push-body-amount = Pagamento di { $amount } per l’ordine { $number }: riprova, così potremo spedirlo.


## order.refund_requested

refund-subject = Abbiamo ricevuto la tua richiesta di rimborso per l’ordine { $number }
refund-preheader = La esamineremo e ti faremo sapere.
refund-heading = Abbiamo ricevuto la tua richiesta di rimborso
refund-intro = grazie per averci contattato. Esamineremo la tua richiesta e ti risponderemo il prima possibile.
refund-intro-amount = grazie per averci contattato. Hai chiesto un rimborso di { $amount }: esamineremo la tua richiesta e ti risponderemo il prima possibile.
refund-sms = { $shop }: abbiamo ricevuto la tua richiesta di rimborso per l’ordine { $number }. Ti risponderemo presto.
refund-sms-amount = { $shop }: abbiamo ricevuto la richiesta di rimborso di { $amount } per l’ordine { $number }. Ti risponderemo presto.
refund-push-title = Richiesta di rimborso ricevuta
refund-push-body = Ordine { $number }: esamineremo la tua richiesta e ti risponderemo.
refund-push-body-amount = Esamineremo la tua richiesta di rimborso di { $amount } per l’ordine { $number } e ti risponderemo.


## order.completed

completed-subject = Che ne pensi del tuo ordine { $number }?
completed-preheader = Bastano poche parole per aiutare gli altri a scegliere.
completed-heading = Che ne pensi del tuo ordine?
completed-intro = speriamo che il tuo ordine ti piaccia. Ti va di dirci che cosa ne pensi? Bastano poche parole per aiutare gli altri a scegliere, e noi a migliorare.
completed-sms = { $shop }: che ne pensi del tuo ordine { $number }? Lasciaci la tua opinione: { $link }
completed-sms-linkless = { $shop }: che ne pensi del tuo ordine { $number }? Ci farebbe piacere conoscere la tua opinione.
completed-push-title = Che ne pensi del tuo ordine?
completed-push-body = Bastano poche parole sul tuo ordine { $number } per aiutare gli altri a scegliere.
completed-push-body-item = Bastano poche parole su “{ $item }” per aiutare gli altri a scegliere.
