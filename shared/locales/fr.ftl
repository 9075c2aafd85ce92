# French, for all countries: so “taxes”, as “TVA” would be wrong in Quebec.
# Before a colon and inside « » stands U+00A0, before ! and ? U+202F.


## In every message

fact = { $label } : { $value }
greeting = Bonjour { $name },
greeting-nameless = Bonjour,
footer-reason = Vous recevez cet e-mail car vous avez passé commande chez { $shop }.
footer-support = Une question ? Nous sommes là pour vous aider : { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Vous recevez cet e-mail car vous avez fait un achat chez { $shop }.
unsubscribe = Ne plus recevoir ce type de message
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Du nouveau pour votre commande
push-private-body = Ouvrez pour en savoir plus.


## Facts

label-number = Numéro de commande
label-placed-on = Date de commande
label-amount-paid = Montant payé
label-payment-method = Mode de paiement
label-paid-on = Date de paiement
label-carrier = Transporteur
label-tracking-number = Numéro de suivi
label-arrives-on = Livraison prévue
label-amount-requested = Montant du remboursement
label-requested-on = Date de la demande
label-reason = Motif


## Items, sums, address

items-ordered = Votre commande
items-shipped = Dans ce colis
items-rest = Non inclus dans ce colis
items-rest-note = Les articles que vous n’avez pas encore reçus arriveront séparément.
items-refund = Articles concernés
items-review = Vos articles
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] et un autre article
   *[other] et { $count } autres articles
}
quantity = Quantité : { $quantity }
quantity-of = Quantité : { $quantity } sur { $ordered }
quantity-price = { $quantity } × { $price }
total-subtotal = Sous-total
total-discount = Remise
total-shipping = Livraison
total-shipping-free = Offerte
total-tax = Taxes
total-tax-included = Taxes incluses
total-total = Total
address = Adresse de livraison


## Links

action-order = Voir ma commande
action-track = Suivre mon colis
action-review = Donner mon avis
sms-link-order = Détails : { $link }
sms-link-track = Suivi : { $link }


## order.created

created-subject = Nous avons bien reçu votre commande { $number }
created-preheader = Merci ! Nous vous préviendrons dès qu’elle sera en route.
created-heading = Merci pour votre commande
created-intro = Nous avons bien reçu votre commande et nous vous préviendrons dès qu’elle sera en route.
created-sms = { $shop } : merci ! Votre commande { $number } de { $total } est bien enregistrée.
created-push-title = Nous avons bien reçu votre commande
created-push-body = Commande { $number } ({ $total }). Nous vous préviendrons dès qu’elle sera en route.


## order.paid

paid-subject = Paiement reçu pour votre commande { $number }
paid-preheader = Merci ! Nous préparons votre commande.
paid-preheader-amount = Merci pour votre paiement de { $amount } ! Nous préparons votre commande.
paid-heading = Nous avons bien reçu votre paiement
paid-intro = Merci ! Votre paiement nous est bien parvenu et nous préparons votre commande.
paid-intro-amount = Merci ! Votre paiement de { $amount } nous est bien parvenu et nous préparons votre commande.
paid-sms = { $shop } : merci ! Votre paiement pour la commande { $number } nous est bien parvenu.
paid-sms-amount = { $shop } : merci ! Votre paiement de { $amount } pour la commande { $number } nous est bien parvenu.
paid-push-title = Paiement reçu
paid-push-body = Merci ! Nous préparons votre commande { $number }.
paid-push-body-amount = Merci pour votre paiement de { $amount } ! Nous préparons votre commande { $number }.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Votre commande { $number } est en route
shipped-subject-part = Une partie de votre commande { $number } est en route
shipped-preheader = Voici ce que contient votre colis.
shipped-preheader-arrives = Livraison prévue le { $date }
shipped-heading = Votre commande est en route
shipped-heading-part = Une partie de votre commande est en route
shipped-intro = Bonne nouvelle : nous avons expédié votre commande.
shipped-intro-carrier = Bonne nouvelle : nous avons remis votre commande à { $carrier }.
shipped-intro-part = Bonne nouvelle : nous avons expédié une partie de votre commande. Les autres articles vous sont envoyés séparément.
shipped-intro-part-carrier = Bonne nouvelle : nous avons remis à { $carrier } un colis contenant une partie de votre commande. Les autres articles vous sont envoyés séparément.
shipped-sms = { $shop } : votre commande { $number } est en route.
shipped-sms-part = { $shop } : une partie de votre commande { $number } est en route.
shipped-sms-arrives = Livraison prévue le { $date }.
shipped-push-title = Votre commande est en route
shipped-push-title-part = Un colis de votre commande est en route
shipped-push-body = Nous avons expédié un colis de votre commande { $number }.
shipped-push-body-carrier = { $carrier } vous apporte un colis de votre commande { $number }.
shipped-push-body-arrives = Commande { $number }, livraison prévue le { $date }.


## order.refund_requested

refund-subject = Demande de remboursement reçue pour votre commande { $number }
refund-preheader = Nous allons l’examiner et vous répondre.
refund-heading = Nous avons bien reçu votre demande de remboursement
refund-intro = Merci de nous avoir prévenus. Nous allons examiner votre demande et vous répondre dès que possible.
refund-intro-amount = Merci de nous avoir prévenus. Nous allons examiner votre demande de remboursement de { $amount } et vous répondre dès que possible.
refund-sms = { $shop } : votre demande de remboursement (commande { $number }) nous est bien parvenue. Nous vous répondrons vite.
refund-sms-amount = { $shop } : votre demande de remboursement de { $amount } (commande { $number }) nous est bien parvenue. Nous vous répondrons vite.
refund-push-title = Demande de remboursement reçue
refund-push-body = Commande { $number } : nous allons examiner votre demande et vous répondre.
refund-push-body-amount = Commande { $number } ({ $amount }) : nous allons examiner votre demande et vous répondre.


## order.completed

completed-subject = Que pensez-vous de votre commande { $number } ?
completed-preheader = Quelques mots de votre part aideront d’autres clients à choisir.
completed-heading = Que pensez-vous de votre commande ?
completed-intro = Nous espérons que votre commande vous plaît. Pourriez-vous nous donner votre avis ? Quelques mots aideront d’autres clients à choisir et nous aideront à progresser.
completed-sms = { $shop } : que pensez-vous de votre commande { $number } ? Donnez-nous votre avis : { $link }
completed-sms-linkless = { $shop } : que pensez-vous de votre commande { $number } ? Votre avis nous est précieux.
completed-push-title = Que pensez-vous de votre commande ?
completed-push-body = Quelques mots sur votre commande { $number } aideront d’autres clients à choisir.
completed-push-body-item = Quelques mots sur « { $item } » aideront d’autres clients à choisir.
