# Polish. No argument has to be declined.


## In every message

fact = { $label }: { $value }
greeting = Dzień dobry, { $name }!
greeting-nameless = Dzień dobry!
footer-reason = Otrzymujesz ten e-mail w związku z zamówieniem złożonym w sklepie { $shop }.
footer-support = Masz pytania? Chętnie pomożemy: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Otrzymujesz ten e-mail w związku z zakupami w sklepie { $shop }.
unsubscribe = Zrezygnuj z takich wiadomości
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Nowe informacje o Twoim zamówieniu
push-private-body = Otwórz, aby zobaczyć więcej.


## Facts

label-number = Numer zamówienia
label-placed-on = Data zamówienia
label-amount-paid = Zapłacona kwota
label-payment-method = Metoda płatności
label-paid-on = Data płatności
label-carrier = Przewoźnik
label-tracking-number = Numer przesyłki
label-arrives-on = Przewidywana dostawa
label-amount-requested = Kwota zwrotu
label-requested-on = Data zgłoszenia
label-reason = Powód


## Items, sums, address

items-ordered = Twoje zamówienie
items-shipped = W tej przesyłce
items-rest = Pozostałe produkty
items-rest-note = Jeśli te produkty jeszcze do Ciebie nie dotarły, otrzymasz je osobno.
items-refund = Produkty objęte zgłoszeniem
items-review = Twoje produkty
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] i jeszcze jeden produkt
    [few] i jeszcze { $count } produkty
    [many] i jeszcze { $count } produktów
   *[other] i jeszcze { $count } produktu
}
quantity = Liczba sztuk: { $quantity }
quantity-of = Liczba sztuk: { $quantity } z { $ordered }
quantity-price = { $quantity } × { $price }
total-subtotal = Wartość produktów
total-discount = Rabat
total-shipping = Dostawa
total-shipping-free = Gratis
total-tax = Podatek
total-tax-included = W tym podatek
total-total = Razem
address = Adres dostawy


## Links

action-order = Zobacz zamówienie
action-track = Śledź przesyłkę
action-review = Napisz opinię
sms-link-order = Szczegóły: { $link }
sms-link-track = Śledzenie: { $link }


## order.created

created-subject = Otrzymaliśmy Twoje zamówienie { $number }
created-preheader = Dziękujemy! Damy Ci znać, gdy tylko je wyślemy.
created-heading = Dziękujemy za zamówienie
created-intro = Otrzymaliśmy Twoje zamówienie i damy Ci znać, gdy tylko je wyślemy.
created-sms = { $shop }: dziękujemy! Mamy Twoje zamówienie { $number } na kwotę { $total }.
created-push-title = Otrzymaliśmy Twoje zamówienie
created-push-body = Zamówienie { $number }, { $total }. Damy Ci znać, gdy tylko je wyślemy.


## order.paid

paid-subject = Otrzymaliśmy płatność za zamówienie { $number }
paid-preheader = Dziękujemy! Przygotowujemy Twoje zamówienie.
paid-preheader-amount = Otrzymaliśmy { $amount } – dziękujemy! Przygotowujemy Twoje zamówienie.
paid-heading = Otrzymaliśmy Twoją płatność
paid-intro = Dziękujemy! Twoja płatność dotarła do nas i już przygotowujemy zamówienie.
paid-intro-amount = Dziękujemy! Twoja płatność na kwotę { $amount } dotarła do nas i już przygotowujemy zamówienie.
paid-sms = { $shop }: dziękujemy! Otrzymaliśmy płatność za zamówienie { $number }.
paid-sms-amount = { $shop }: dziękujemy! Otrzymaliśmy { $amount } za zamówienie { $number }.
paid-push-title = Otrzymaliśmy Twoją płatność
paid-push-body = Dziękujemy! Przygotowujemy Twoje zamówienie { $number }.
paid-push-body-amount = Dziękujemy! Otrzymaliśmy { $amount } za zamówienie { $number } i już je przygotowujemy.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Twoje zamówienie { $number } jest w drodze
shipped-subject-part = Część Twojego zamówienia { $number } jest w drodze
shipped-preheader = Zobacz, co jest w przesyłce.
shipped-preheader-arrives = Przewidywana dostawa: { $date }
shipped-heading = Twoje zamówienie jest w drodze
shipped-heading-part = Część Twojego zamówienia jest w drodze
shipped-intro = Dobra wiadomość: wysłaliśmy Twoje zamówienie.
shipped-intro-carrier = Dobra wiadomość: przekazaliśmy Twoje zamówienie firmie { $carrier }.
shipped-intro-part = Dobra wiadomość: wysłaliśmy część Twojego zamówienia. Pozostałe produkty dotrą osobno.
shipped-intro-part-carrier = Dobra wiadomość: przekazaliśmy część Twojego zamówienia firmie { $carrier }. Pozostałe produkty dotrą osobno.
shipped-sms = { $shop }: Twoje zamówienie { $number } jest w drodze.
shipped-sms-part = { $shop }: część zamówienia { $number } jest w drodze.
shipped-sms-arrives = Planowana dostawa: { $date }.
shipped-push-title = Twoje zamówienie jest w drodze
shipped-push-title-part = Część Twojego zamówienia jest w drodze
shipped-push-body = Wysłaliśmy przesyłkę z zamówienia { $number }.
shipped-push-body-carrier = Przesyłkę z zamówienia { $number } dostarczy { $carrier }.
shipped-push-body-arrives = Zamówienie { $number }, przewidywana dostawa: { $date }.


## order.refund_requested

refund-subject = Otrzymaliśmy prośbę o zwrot pieniędzy za zamówienie { $number }
refund-preheader = Przyjrzymy się sprawie i damy Ci znać.
refund-heading = Otrzymaliśmy Twoją prośbę o zwrot pieniędzy
refund-intro = Dziękujemy za zgłoszenie. Zajmiemy się Twoją prośbą i odezwiemy się najszybciej, jak to możliwe.
refund-intro-amount = Dziękujemy za zgłoszenie. Zajmiemy się Twoją prośbą o zwrot kwoty { $amount } i odezwiemy się najszybciej, jak to możliwe.
refund-sms = { $shop }: dostaliśmy prośbę o zwrot za zamówienie { $number }. Wkrótce odpowiemy.
refund-sms-amount = { $shop }: dostaliśmy prośbę o zwrot { $amount } za zamówienie { $number }. Wkrótce odpowiemy.
refund-push-title = Otrzymaliśmy prośbę o zwrot pieniędzy
refund-push-body = Zamówienie { $number }: przyjrzymy się sprawie i damy Ci znać.
refund-push-body-amount = Zamówienie { $number }, { $amount }: przyjrzymy się sprawie i damy Ci znać.


## order.completed

completed-subject = Jak oceniasz zamówienie { $number }?
completed-preheader = Kilka słów od Ciebie pomoże innym w wyborze.
completed-heading = Jak oceniasz swoje zamówienie?
completed-intro = Mamy nadzieję, że zakupy się udały. Podzielisz się swoją opinią? Kilka słów pomoże innym dokonać wyboru, a nam – działać jeszcze lepiej.
completed-sms = { $shop }: jak oceniasz zamówienie { $number }? Czekamy na Twoją opinię: { $link }
completed-sms-linkless = { $shop }: jak oceniasz zamówienie { $number }? Czekamy na Twoją opinię.
completed-push-title = Jak oceniasz swoje zamówienie?
completed-push-body = Kilka słów o zamówieniu { $number } pomoże innym w wyborze.
completed-push-body-item = Kilka słów o produkcie „{ $item }” pomoże innym w wyborze.
