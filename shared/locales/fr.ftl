# French, for all countries: so “taxes”, as “TVA” would be wrong in Quebec, and
# “message”, where one says “e-mail” and the other “courriel”.
# Before a colon and inside « » stands U+00A0, before ! and ? U+202F.
# Text messages do without the letters that would make them twice as long:
# â, ç, ê, ë, î, ï, ô, û, œ and the capital À.


## In every message

# "$label" and "$value" stand on one line of a list of facts.
fact = { $label } : { $value }
greeting = Bonjour { $name },
greeting-nameless = Bonjour,
footer-reason = Vous recevez ce message car vous avez passé commande chez { $shop }.
footer-support = Une question ? Nous sommes là pour vous aider : { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Vous recevez ce message car vous avez fait un achat chez { $shop }.
unsubscribe = Ne plus recevoir ce type de message
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Du nouveau pour votre commande
push-private-body = Ouvrez cette notification pour en savoir plus.


## The pages where customers choose what they hear of

preferences = Choisir les messages que vous recevez
preferences-heading = Quels messages souhaitez-vous recevoir ?
preferences-intro = Choisissez ce que { $shop } peut vous envoyer, et par quel moyen.
preferences-save = Enregistrer
preferences-saved = Vos choix sont enregistrés et s’appliquent dès maintenant.
topic-order-updates = Suivi de commande
topic-order-updates-note = Où en est votre commande : confirmée, en route, livrée.
topic-required = Certains de ces messages sont obligatoires, comme la confirmation de commande ou les remboursements : gardez au moins un moyen de contact.
topic-reviews = Demandes d’avis
topic-reviews-note = Quelque temps après votre commande, nous vous demandons ce que vous en pensez.
channel-email = E-mail
channel-sms = SMS
channel-push = Notifications de l’application
unsubscribe-heading = Vous désabonner ?
unsubscribe-question = { $shop } ne vous enverra plus ces messages : { $topic }.
unsubscribe-button = Me désabonner
unsubscribed-heading = Désabonnement confirmé
unsubscribed-text = { $shop } ne vous enverra plus ces messages : { $topic }.
unsubscribed-orders = Vous continuerez à savoir où en sont vos commandes.
problem-heading = Cela n’a pas fonctionné
problem-link = Ce lien n’est pas valable. Ouvrez-le à nouveau depuis le message, en veillant à ce qu’il soit complet. Rien n’a été modifié.
problem-expired = Ce lien a expiré. Vous en trouverez un nouveau à la fin de notre dernier message. Rien n’a été modifié.
problem-unknown-order = La commande liée à ce lien n’est plus conservée chez nous : rien n’a été modifié. Contactez-nous, s’il vous plaît.
problem-one-channel = Rien n’a été modifié : gardez au moins un moyen de contact pour le suivi de commande.
problem-form = Nous n’avons pas pu lire votre demande. Rien n’a été modifié.
problem-later = Ce n’est pas possible pour le moment. Réessayez dans quelques minutes.
problem-page = Cette page n’existe pas.


## Facts

label-number = Numéro de commande
label-placed-on = Date de commande
label-amount-paid = Montant payé
label-payment-method = Mode de paiement
label-paid-on = Date de paiement
label-carrier = Transporteur
label-tracking-number = Numéro de suivi
label-arrives-on = Livraison prévue
label-amount-requested = Montant demandé
label-requested-on = Date de la demande
label-reason = Motif
label-shipping-method = Mode de livraison
label-delivered-on = Date de livraison
# Where a parcel was left, or with whom: "With your neighbour".
label-location = Où le trouver
label-amount-due = Reste à payer
label-refunded-amount = Montant remboursé
label-refund-shipping = dont frais de livraison
label-refund-to = Mode de remboursement
label-refunded-on = Date du remboursement
label-previous-total = Ancien total
label-new-total = Nouveau total
label-pickup-until = Date limite de retrait
label-pickup-code = Code de retrait
label-tax-id = Identifiant fiscal
# How to pay by bank transfer.
label-account-holder = Titulaire du compte
label-iban = IBAN
label-bic = BIC
label-payment-reference = Référence
label-pay-by = Date limite de paiement


## Items, sums, address

items-ordered = Votre commande
items-shipped = Dans ce colis
items-rest = Non inclus dans ce colis
items-rest-note = Les articles que vous n’avez pas encore reçus arriveront séparément.
items-refund = Articles concernés
items-review = Vos articles
items-now = Votre commande mise à jour
items-cancelled = Articles annulés
items-refunded = Articles remboursés
items-pickup = Articles à retirer
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] et un autre article
   *[other] et { $count } autres articles
}
quantity = Quantité : { $quantity }
quantity-of = Quantité : { $quantity } sur { $ordered }
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = au lieu de { $price }
line-discount = Remise : { $amount }
download = Télécharger
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = Vos colis
total-subtotal = Sous-total
total-discount = Remise
total-shipping = Livraison
total-shipping-free = Gratuite
total-tax = Taxes
total-tax-included = Taxes incluses
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = dont { $tax }
total-fee = Frais
total-tip = Pourboire
total-gift-card = Carte cadeau
total-rounding = Arrondi
total-total = Total
total-paid = Payé
total-due = Reste à payer
address = Adresse de livraison
billing-address = Adresse de facturation
pickup-point = Lieu de retrait
opening-hours = Heures d’ouverture
payment-instructions = Comment payer
changes = Ce qui a changé
order-note = Votre commentaire
gift-message = Votre message cadeau


## Links

action-order = Voir ma commande
action-track = Suivre mon colis
action-review = Donner mon avis
action-invoice = Voir ma facture
action-pay = Payer maintenant
sms-link-order = Détails : { $link }
sms-link-track = Suivi : { $link }
sms-link-pay = Payer ici : { $link }


## order.created

created-subject = Nous avons bien reçu votre commande { $number }
created-preheader = Merci ! Nous vous préviendrons dès qu’elle sera en route.
created-heading = Merci pour votre commande
created-intro = Nous avons bien reçu votre commande et nous vous préviendrons dès qu’elle sera en route.
created-sms = { $shop } : merci ! Votre commande { $number } de { $total } est bien enregistrée.
# Where no total is shown, as the order is a gift.
created-sms-plain = { $shop } : merci ! Votre commande { $number } est bien enregistrée.
created-push-title = Nous avons bien reçu votre commande
created-push-body = Commande { $number } ({ $total }). Nous vous préviendrons dès qu’elle sera en route.
created-push-body-plain = Commande { $number } : nous vous préviendrons dès qu’elle sera en route.


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
# A part of the order is paid.
paid-intro-due = Merci ! Votre paiement de { $amount } nous est bien parvenu. Reste à payer : { $due }.
# There was nothing to pay.
paid-subject-free = Votre commande { $number } est confirmée
paid-preheader-free = Vous n’avez rien à payer. Nous préparons votre commande.
paid-heading-free = Votre commande est confirmée
paid-intro-free = Vous n’avez rien à payer et nous préparons votre commande.
paid-sms-free = { $shop } : votre commande { $number } est confirmée. Vous n’avez rien à payer.
paid-push-title-free = Commande confirmée
paid-push-body-free = Vous n’avez rien à payer. Nous préparons votre commande { $number }.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Votre commande { $number } est en route
shipped-subject-part = Une partie de votre commande { $number } est en route
shipped-preheader = Voici ce que contient votre colis.
shipped-preheader-arrives = Livraison prévue : { $date }
shipped-heading = Votre commande est en route
shipped-heading-part = Une partie de votre commande est en route
shipped-intro = Bonne nouvelle : nous avons expédié votre commande.
shipped-intro-carrier = Bonne nouvelle : nous avons remis votre commande à { $carrier }.
shipped-intro-part = Bonne nouvelle : nous avons expédié une partie de votre commande. Les autres articles vous sont envoyés séparément.
shipped-intro-part-carrier = Bonne nouvelle : nous avons remis à { $carrier } un colis contenant une partie de votre commande. Les autres articles vous sont envoyés séparément.
shipped-sms = { $shop } : votre commande { $number } est en route.
shipped-sms-part = { $shop } : une partie de votre commande { $number } est en route.
shipped-sms-arrives = Livraison prévue : { $date }.
shipped-push-title = Votre commande est en route
shipped-push-title-part = Un colis de votre commande est en route
shipped-push-body = Nous avons expédié un colis de votre commande { $number }.
shipped-push-body-carrier = { $carrier } vous apporte un colis de votre commande { $number }.
shipped-push-body-arrives = Commande { $number }, livraison prévue : { $date }.


## order.shipment_updated

tracking-subject = Du nouveau sur la livraison de votre commande { $number }
tracking-preheader = Voici comment suivre votre colis.
tracking-preheader-arrives = Livraison prévue : { $date }
tracking-heading = Du nouveau sur votre colis
tracking-intro = Nous avons de nouvelles informations sur la livraison de votre commande. Voici ce que nous savons à présent.
tracking-sms = { $shop } : du nouveau sur la livraison de votre commande { $number }.
tracking-push-title = Du nouveau sur votre colis
tracking-push-body = Nous avons de nouvelles informations sur la livraison de votre commande { $number }.
tracking-push-body-arrives = Commande { $number }, livraison prévue : { $date }.


## order.out_for_delivery

out-subject = Le colis de votre commande { $number } arrive aujourd’hui
out-preheader = Votre colis est en cours de livraison.
out-heading = Votre colis arrive aujourd’hui
out-intro = Votre colis est en cours de livraison et devrait vous parvenir aujourd’hui.
out-intro-carrier = Votre colis est en cours de livraison par { $carrier } et devrait vous parvenir aujourd’hui.
out-sms = { $shop } : le colis de votre commande { $number } devrait arriver aujourd’hui.
out-push-title = Votre colis arrive aujourd’hui
out-push-body = Le colis de votre commande { $number } est en cours de livraison.
out-push-body-carrier = { $carrier } vous apporte aujourd’hui le colis de votre commande { $number }.


## order.delivered

delivered-subject = Le colis de votre commande { $number } a été livré
delivered-preheader = Nous espérons que son contenu vous plaira.
delivered-preheader-location = Où le trouver : { $location }
delivered-heading = Votre colis a été livré
delivered-intro = Votre colis est arrivé. Nous espérons que son contenu vous plaira !
delivered-sms = { $shop } : le colis de votre commande { $number } a été livré.
delivered-sms-location = Où le trouver : { $location }.
delivered-push-title = Colis livré
delivered-push-body = Le colis de votre commande { $number } a été livré.
delivered-push-body-location = Commande { $number }, où trouver votre colis : { $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = Votre commande { $number } est prête à être retirée
pickup-preheader = Voici où la retirer.
pickup-preheader-until = Date limite de retrait : { $date }
pickup-heading = Votre commande est prête
pickup-intro = Votre commande est prête et vous attend.
pickup-intro-name = Votre commande est prête et vous attend ici : { $name }.
pickup-sms = { $shop } : vous pouvez retirer votre commande { $number }.
pickup-sms-name = { $shop } : vous pouvez retirer votre commande { $number } ici : { $name }.
pickup-sms-until = Date limite de retrait : { $date }.
pickup-sms-code = Code de retrait : { $code }.
pickup-push-title = Votre commande est prête
pickup-push-body = Votre commande { $number } vous attend.
pickup-push-body-name = Votre commande { $number } vous attend ici : { $name }
pickup-push-body-until = Commande { $number }, date limite de retrait : { $date }.


## order.edited

edited-subject = Votre commande { $number } a été modifiée
edited-preheader = La voici mise à jour.
edited-preheader-total = Le nouveau total est de { $total }.
edited-heading = Votre commande a été modifiée
edited-intro = Nous avons modifié votre commande. La voici mise à jour.
edited-sms = { $shop } : votre commande { $number } a été modifiée.
edited-sms-total = { $shop } : votre commande { $number } a été modifiée. Nouveau total : { $total }.
edited-push-title = Votre commande a été modifiée
edited-push-body = Voici votre commande { $number } mise à jour.
edited-push-body-total = Commande { $number } : le nouveau total est de { $total }.


## order.cancelled; "part" where only a part of the order is

cancelled-subject = Votre commande { $number } a été annulée
cancelled-subject-part = Une partie de votre commande { $number } a été annulée
cancelled-preheader = Voici ce qui se passe maintenant.
cancelled-preheader-refund = Nous vous remboursons { $amount }.
cancelled-heading = Votre commande a été annulée
cancelled-heading-part = Une partie de votre commande a été annulée
# What happens to the money, after "has been cancelled".
cancelled-intro = Si vous avez déjà payé, nous vous rembourserons.
cancelled-intro-refund = Nous vous remboursons { $amount }.
cancelled-intro-refund-to = Nous vous remboursons { $amount } via { $to }.
cancelled-sms = { $shop } : votre commande { $number } a été annulée.
cancelled-sms-part = { $shop } : une partie de votre commande { $number } a été annulée.
cancelled-sms-refund = Nous vous remboursons { $amount }.
cancelled-push-title = Commande annulée
cancelled-push-title-part = Commande annulée en partie
cancelled-push-body = Votre commande { $number } a été annulée.
cancelled-push-body-part = Une partie de votre commande { $number } a été annulée.
cancelled-push-body-refund = Commande { $number } : nous vous remboursons { $amount }.


## order.refunded: the money is on its way back

refunded-subject = Votre remboursement pour la commande { $number } est en route
refunded-preheader = Il peut mettre quelques jours à apparaître sur votre compte.
refunded-preheader-amount = Nous vous avons remboursé { $amount }.
refunded-heading = Votre remboursement est en route
refunded-intro = Nous avons effectué votre remboursement. Il peut mettre quelques jours à apparaître sur votre compte.
refunded-intro-amount = Nous vous avons remboursé { $amount }. Le remboursement peut mettre quelques jours à apparaître sur votre compte.
refunded-intro-amount-to = Nous vous avons remboursé { $amount } via { $to }. Le remboursement peut mettre quelques jours à apparaître sur votre compte.
refunded-sms = { $shop } : votre remboursement pour la commande { $number } est en route.
refunded-sms-amount = { $shop } : votre remboursement de { $amount } pour la commande { $number } est en route.
refunded-push-title = Votre remboursement est en route
refunded-push-body = Votre remboursement pour la commande { $number } est en route.
refunded-push-body-amount = Votre remboursement de { $amount } pour la commande { $number } est en route.


## order.payment_failed

failed-subject = Le paiement de votre commande { $number } n’a pas abouti
failed-preheader = Réessayez pour que nous puissions vous envoyer votre commande.
failed-heading = Votre paiement n’a pas abouti
failed-intro = Le paiement de votre commande n’a pas abouti. Pour que nous puissions vous l’envoyer, réessayez ou choisissez un autre mode de paiement.
failed-intro-amount = Le paiement de { $amount } pour votre commande n’a pas abouti. Pour que nous puissions vous l’envoyer, réessayez ou choisissez un autre mode de paiement.
failed-sms = { $shop } : le paiement de votre commande { $number } n’a pas abouti. Merci de réessayer.
failed-push-title = Votre paiement n’a pas abouti
failed-push-body = Réessayez pour que nous puissions vous envoyer votre commande { $number }.
failed-push-body-amount = { $amount } pour la commande { $number } : réessayez pour que nous puissions vous l’envoyer.


## order.refund_requested

refund-subject = Demande de remboursement reçue pour votre commande { $number }
refund-preheader = Nous allons l’examiner et vous répondre.
refund-heading = Nous avons bien reçu votre demande de remboursement
refund-intro = Merci de nous avoir prévenus. Nous allons examiner votre demande et vous répondre dès que possible.
refund-intro-amount = Merci de nous avoir prévenus. Vous demandez un remboursement de { $amount } : nous allons examiner votre demande et vous répondre dès que possible.
refund-sms = { $shop } : votre demande de remboursement (commande { $number }) est bien enregistrée. Nous vous répondrons vite.
refund-sms-amount = { $shop } : demande de remboursement de { $amount } bien enregistrée (commande { $number }). Nous vous répondrons vite.
refund-push-title = Demande de remboursement reçue
refund-push-body = Commande { $number } : nous allons examiner votre demande et vous répondre.
refund-push-body-amount = Commande { $number }, montant demandé : { $amount }. Nous allons examiner votre demande et vous répondre.


## order.completed

completed-subject = Que pensez-vous de votre commande { $number } ?
completed-preheader = Quelques mots de votre part aideront d’autres clients à choisir.
completed-heading = Que pensez-vous de votre commande ?
completed-intro = Nous espérons que votre commande vous plaît. Donnez-nous votre avis : quelques mots suffisent pour aider d’autres clients à choisir et nous aider à progresser.
completed-sms = { $shop } : que pensez-vous de votre commande { $number } ? Donnez-nous votre avis : { $link }
completed-sms-linkless = { $shop } : que pensez-vous de votre commande { $number } ? Votre avis nous est précieux.
completed-push-title = Que pensez-vous de votre commande ?
completed-push-body = Quelques mots sur votre commande { $number } aideront d’autres clients à choisir.
completed-push-body-item = Quelques mots sur « { $item } » aideront d’autres clients à choisir.
