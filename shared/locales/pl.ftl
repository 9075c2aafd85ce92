# Polish. No argument has to be declined.


## In every message

fact = { $label }: { $value }
greeting = Dzień dobry, { $name }!
greeting-nameless = Dzień dobry!
footer-reason = Otrzymujesz tę wiadomość w związku z zamówieniem złożonym w sklepie { $shop }.
footer-support = Masz pytania? Chętnie pomożemy: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Otrzymujesz tę wiadomość w związku z zakupami w sklepie { $shop }.
unsubscribe = Nie chcę otrzymywać takich wiadomości
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Nowe informacje o Twoim zamówieniu
push-private-body = Otwórz, aby zobaczyć więcej.


## The pages where customers choose what they hear of

preferences = Wybierz, które wiadomości chcesz otrzymywać
preferences-heading = Jakie wiadomości chcesz otrzymywać?
preferences-intro = Wybierz, co { $shop } może Ci wysyłać i w jaki sposób.
preferences-save = Zapisz
preferences-saved = Zapisano. Zmiany obowiązują od teraz.
topic-order-updates = Informacje o zamówieniach
topic-order-updates-note = Na jakim etapie jest Twoje zamówienie: potwierdzone, w drodze, doręczone.
topic-required = Niektóre z nich musimy Ci wysłać, np. potwierdzenie zamówienia i informację o zwrocie pieniędzy, dlatego zostaw włączony co najmniej jeden sposób.
topic-reviews = Prośby o opinię
topic-reviews-note = Jakiś czas po zamówieniu pytamy, jak Ci się podoba.
channel-email = E-mail
channel-sms = SMS
channel-push = Powiadomienia w aplikacji
unsubscribe-heading = Zrezygnować z wiadomości?
unsubscribe-question = { $shop } nie będzie już wysyłać Ci tych wiadomości: { $topic }.
unsubscribe-button = Rezygnuję
unsubscribed-heading = Zrezygnowano z wiadomości
unsubscribed-text = { $shop } nie będzie już wysyłać Ci tych wiadomości: { $topic }.
unsubscribed-orders = Nadal będziesz otrzymywać informacje o swoich zamówieniach.
problem-heading = Nie udało się
problem-link = Ten link jest nieprawidłowy. Otwórz go ponownie z wiadomości i sprawdź, czy jest cały. Nic nie zostało zmienione.
problem-expired = Ten link wygasł. Nowy znajdziesz na końcu naszej ostatniej wiadomości. Nic nie zostało zmienione.
problem-unknown-order = Nie mamy już zamówienia, którego dotyczy ten link, dlatego nic nie zostało zmienione. Skontaktuj się z nami.
problem-one-channel = Nic nie zostało zmienione: zostaw włączony co najmniej jeden sposób dla informacji o zamówieniach.
problem-form = Nie udało się odczytać przesłanych danych. Nic nie zostało zmienione.
problem-later = W tej chwili to niemożliwe. Spróbuj ponownie za kilka minut.
problem-page = Nie ma takiej strony.


## Facts

label-number = Numer zamówienia
label-placed-on = Data zamówienia
label-amount-paid = Zapłacona kwota
label-payment-method = Metoda płatności
label-paid-on = Data płatności
label-carrier = Przewoźnik
label-tracking-number = Numer przesyłki
label-arrives-on = Przewidywana dostawa
label-amount-requested = Prośba o zwrot kwoty
label-requested-on = Data zgłoszenia
label-reason = Powód
label-shipping-method = Sposób dostawy
label-delivered-on = Data doręczenia
# Where a parcel was left, or with whom: "With your neighbour".
label-location = Gdzie szukać przesyłki
label-amount-due = Pozostało do zapłaty
label-refunded-amount = Zwrócona kwota
label-refund-shipping = w tym koszt dostawy
label-refund-to = Sposób zwrotu pieniędzy
label-refunded-on = Data zwrotu pieniędzy
label-previous-total = Poprzednia kwota
label-new-total = Nowa kwota
label-pickup-until = Odbiór możliwy do
label-pickup-code = Kod odbioru
label-tax-id = NIP
# How to pay by bank transfer.
label-account-holder = Odbiorca przelewu
label-iban = Numer konta (IBAN)
label-bic = BIC (SWIFT)
label-payment-reference = Tytuł przelewu
label-pay-by = Termin płatności


## Items, sums, address

items-ordered = Twoje zamówienie
items-shipped = W tej przesyłce
items-rest = Pozostałe produkty
items-rest-note = Jeśli te produkty jeszcze do Ciebie nie dotarły, otrzymasz je osobno.
items-refund = Produkty objęte zgłoszeniem
items-review = Twoje produkty
items-now = Zamówienie po zmianach
items-cancelled = Anulowane produkty
items-refunded = Produkty objęte zwrotem pieniędzy
items-pickup = Do odbioru
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] i jeszcze jeden produkt
    [few] i jeszcze { $count } produkty
    [many] i jeszcze { $count } produktów
   *[other] i jeszcze { $count } produktu
}
quantity = Liczba sztuk: { $quantity }
quantity-of = Liczba sztuk: { $quantity } z { $ordered }
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = zamiast { $price }
line-discount = Rabat: { $amount }
download = Pobierz
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = Twoje przesyłki
total-subtotal = Wartość produktów
total-discount = Rabat
total-shipping = Dostawa
total-shipping-free = Gratis
total-tax = Podatek
total-tax-included = W tym podatek
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = w tym { $tax }
total-fee = Dodatkowa opłata
total-tip = Napiwek
total-gift-card = Karta podarunkowa
total-rounding = Zaokrąglenie
total-total = Razem
total-paid = Zapłacono
total-due = Pozostało do zapłaty
address = Adres dostawy
billing-address = Adres rozliczeniowy
pickup-point = Miejsce odbioru
opening-hours = Godziny otwarcia
payment-instructions = Jak zapłacić
changes = Co się zmieniło
order-note = Twoje uwagi do zamówienia
gift-message = Twoja wiadomość do prezentu


## Links

action-order = Zobacz zamówienie
action-track = Śledź przesyłkę
action-review = Napisz opinię
action-invoice = Zobacz fakturę
action-pay = Zapłać teraz
# Text messages do without Polish letters, which would make them twice as long: ą, ć, ę, ł…
sms-link-order = Szczegoly: { $link }
sms-link-track = Sledz przesylke: { $link }
sms-link-pay = Zaplac tutaj: { $link }


## order.created

created-subject = Otrzymaliśmy Twoje zamówienie { $number }
created-preheader = Dziękujemy! Damy Ci znać, gdy tylko je wyślemy.
created-heading = Dziękujemy za zamówienie
created-intro = Otrzymaliśmy Twoje zamówienie i damy Ci znać, gdy tylko je wyślemy.
created-sms = { $shop }: dziekujemy! Mamy Twoje zamowienie { $number } na kwote { $total }.
# Where no total is shown, as the order is a gift.
created-sms-plain = { $shop }: dziekujemy! Mamy Twoje zamowienie { $number }.
created-push-title = Otrzymaliśmy Twoje zamówienie
created-push-body = Zamówienie { $number }, { $total }. Damy Ci znać, gdy tylko je wyślemy.
created-push-body-plain = Zamówienie { $number }: damy Ci znać, gdy tylko je wyślemy.


## order.paid

paid-subject = Otrzymaliśmy płatność za zamówienie { $number }
paid-preheader = Dziękujemy! Przygotowujemy Twoje zamówienie.
paid-preheader-amount = Otrzymaliśmy { $amount } – dziękujemy! Przygotowujemy Twoje zamówienie.
paid-heading = Otrzymaliśmy Twoją płatność
paid-intro = Dziękujemy! Twoja płatność do nas dotarła i już przygotowujemy zamówienie.
paid-intro-amount = Dziękujemy! Twoja płatność w wysokości { $amount } do nas dotarła i już przygotowujemy zamówienie.
paid-sms = { $shop }: dziekujemy! Otrzymalismy platnosc za zamowienie { $number }.
paid-sms-amount = { $shop }: dziekujemy! Otrzymalismy { $amount } za zamowienie { $number }.
paid-push-title = Otrzymaliśmy Twoją płatność
paid-push-body = Dziękujemy! Przygotowujemy Twoje zamówienie { $number }.
paid-push-body-amount = Dziękujemy! Otrzymaliśmy { $amount } za zamówienie { $number } i już je przygotowujemy.
# A part of the order is paid.
paid-intro-due = Dziękujemy! Otrzymaliśmy Twoją płatność w wysokości { $amount }. Pozostało do zapłaty: { $due }.
# There was nothing to pay.
paid-subject-free = Potwierdzamy Twoje zamówienie { $number }
paid-preheader-free = Nie musisz nic płacić. Przygotowujemy Twoje zamówienie.
paid-heading-free = Potwierdzamy Twoje zamówienie
paid-intro-free = Nie musisz nic płacić, a my już przygotowujemy zamówienie.
paid-sms-free = { $shop }: potwierdzamy zamowienie { $number }. Nie musisz nic placic.
paid-push-title-free = Zamówienie potwierdzone
paid-push-body-free = Za zamówienie { $number } nie musisz nic płacić. Już je przygotowujemy.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Twoje zamówienie { $number } jest w drodze
shipped-subject-part = Część Twojego zamówienia { $number } jest w drodze
shipped-preheader = Zobacz, co jest w przesyłce.
shipped-preheader-arrives = Przewidywana dostawa: { $date }
shipped-heading = Twoje zamówienie jest w drodze
shipped-heading-part = Część Twojego zamówienia jest w drodze
shipped-intro = Dobra wiadomość: Twoje zamówienie zostało wysłane.
shipped-intro-carrier = Dobra wiadomość: przekazaliśmy Twoje zamówienie firmie { $carrier }.
shipped-intro-part = Dobra wiadomość: wysłaliśmy część Twojego zamówienia. Pozostałe produkty dotrą osobno.
shipped-intro-part-carrier = Dobra wiadomość: przekazaliśmy część Twojego zamówienia firmie { $carrier }. Pozostałe produkty dotrą osobno.
shipped-sms = { $shop }: Twoje zamowienie { $number } jest w drodze.
shipped-sms-part = { $shop }: czesc zamowienia { $number } jest w drodze.
shipped-sms-arrives = Przewidywana dostawa: { $date }.
shipped-push-title = Twoje zamówienie jest w drodze
shipped-push-title-part = Część Twojego zamówienia jest w drodze
shipped-push-body = Wysłaliśmy przesyłkę z zamówienia { $number }.
shipped-push-body-carrier = Przesyłkę z zamówienia { $number } dostarczy { $carrier }.
shipped-push-body-arrives = Zamówienie { $number }, przewidywana dostawa: { $date }.


## order.shipment_updated

tracking-subject = Nowe informacje o dostawie zamówienia { $number }
tracking-preheader = Sprawdź, jak śledzić przesyłkę.
tracking-preheader-arrives = Przewidywana dostawa: { $date }
tracking-heading = Nowe informacje o Twojej przesyłce
tracking-intro = Mamy nowe informacje o dostawie Twojego zamówienia. Oto, co już wiemy.
tracking-sms = { $shop }: nowe informacje o dostawie zamowienia { $number }.
tracking-push-title = Nowe informacje o Twojej przesyłce
tracking-push-body = Mamy nowe informacje o dostawie zamówienia { $number }.
tracking-push-body-arrives = Zamówienie { $number }, przewidywana dostawa: { $date }.


## order.out_for_delivery

out-subject = Przesyłka z zamówienia { $number } dotrze dzisiaj
out-preheader = Kurier jest już w drodze z Twoją przesyłką.
out-heading = Twoja przesyłka dotrze dzisiaj
out-intro = Kurier jest już w drodze z Twoją przesyłką. Powinna dotrzeć do Ciebie dzisiaj.
out-intro-carrier = Twoją przesyłkę dostarcza { $carrier }. Powinna dotrzeć do Ciebie dzisiaj.
out-sms = { $shop }: przesylka z zamowienia { $number } powinna dotrzec dzisiaj.
out-push-title = Twoja przesyłka dotrze dzisiaj
out-push-body = Kurier jest już w drodze z przesyłką z zamówienia { $number }.
out-push-body-carrier = Przesyłkę z zamówienia { $number } dostarczy dzisiaj { $carrier }.


## order.delivered

delivered-subject = Przesyłka z zamówienia { $number } została doręczona
delivered-preheader = Mamy nadzieję, że sprawi Ci radość.
delivered-preheader-location = Gdzie szukać przesyłki: { $location }
delivered-heading = Twoja przesyłka została doręczona
delivered-intro = Twoja przesyłka dotarła. Mamy nadzieję, że sprawi Ci radość!
delivered-sms = { $shop }: przesylka z zamowienia { $number } zostala doreczona.
delivered-sms-location = Gdzie szukac: { $location }.
delivered-push-title = Przesyłka doręczona
delivered-push-body = Przesyłka z zamówienia { $number } została doręczona.
delivered-push-body-location = Zamówienie { $number }, gdzie szukać przesyłki: { $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = Twoje zamówienie { $number } czeka na odbiór
pickup-preheader = Zobacz, gdzie je odebrać.
pickup-preheader-until = Odbiór możliwy do: { $date }
pickup-heading = Zamówienie gotowe do odbioru
pickup-intro = Twoje zamówienie jest gotowe i czeka na Ciebie.
pickup-intro-name = Twoje zamówienie jest gotowe i czeka na Ciebie. Miejsce odbioru: { $name }.
pickup-sms = { $shop }: zamowienie { $number } czeka na odbior.
pickup-sms-name = { $shop }: zamowienie { $number } czeka na odbior: { $name }.
pickup-sms-until = Odbior do: { $date }.
pickup-sms-code = Kod odbioru: { $code }.
pickup-push-title = Zamówienie gotowe do odbioru
pickup-push-body = Twoje zamówienie { $number } czeka na Ciebie.
pickup-push-body-name = Twoje zamówienie { $number } czeka na Ciebie: { $name }
pickup-push-body-until = Twoje zamówienie { $number } czeka na Ciebie. Odbiór możliwy do: { $date }


## order.edited

edited-subject = Zmiany w Twoim zamówieniu { $number }
edited-preheader = Zobacz, jak teraz wygląda.
edited-preheader-total = Nowa kwota zamówienia: { $total }
edited-heading = Twoje zamówienie zostało zmienione
edited-intro = Wprowadziliśmy zmiany w Twoim zamówieniu. Tak wygląda teraz.
edited-sms = { $shop }: Twoje zamowienie { $number } zostalo zmienione.
edited-sms-total = { $shop }: Twoje zamowienie { $number } zostalo zmienione. Nowa kwota: { $total }.
edited-push-title = Twoje zamówienie zostało zmienione
edited-push-body = Zobacz, jak teraz wygląda zamówienie { $number }.
edited-push-body-total = Zamówienie { $number }, nowa kwota: { $total }.


## order.cancelled; "part" where only a part of the order is

cancelled-subject = Twoje zamówienie { $number } zostało anulowane
cancelled-subject-part = Część Twojego zamówienia { $number } została anulowana
cancelled-preheader = Zobacz, co dalej.
cancelled-preheader-refund = Zwrócimy Ci { $amount }.
cancelled-heading = Twoje zamówienie zostało anulowane
cancelled-heading-part = Część Twojego zamówienia została anulowana
# What happens to the money, after "has been cancelled".
cancelled-intro = Jeśli Twoja płatność już do nas dotarła, zwrócimy Ci pieniądze.
cancelled-intro-refund = Zwrócimy Ci { $amount }.
cancelled-intro-refund-to = Zwrócimy Ci { $amount }. Sposób zwrotu pieniędzy: { $to }.
cancelled-sms = { $shop }: Twoje zamowienie { $number } zostalo anulowane.
cancelled-sms-part = { $shop }: czesc zamowienia { $number } zostala anulowana.
cancelled-sms-refund = Zwrocimy Ci { $amount }.
cancelled-push-title = Zamówienie anulowane
cancelled-push-title-part = Część zamówienia anulowana
cancelled-push-body = Twoje zamówienie { $number } zostało anulowane.
cancelled-push-body-part = Część Twojego zamówienia { $number } została anulowana.
cancelled-push-body-refund = Zamówienie { $number }: zwrócimy Ci { $amount }.


## order.refunded: the money is on its way back

refunded-subject = Zleciliśmy zwrot pieniędzy za zamówienie { $number }
refunded-preheader = Pieniądze mogą pojawić się na Twoim koncie dopiero po kilku dniach.
refunded-preheader-amount = Zwracana kwota: { $amount }
refunded-heading = Zleciliśmy zwrot pieniędzy
refunded-intro = Pieniądze są już w drodze do Ciebie. Mogą pojawić się na Twoim koncie dopiero po kilku dniach.
refunded-intro-amount = Zwróciliśmy Ci { $amount }. Pieniądze mogą pojawić się na Twoim koncie dopiero po kilku dniach.
refunded-intro-amount-to = Zwróciliśmy Ci { $amount }. Sposób zwrotu pieniędzy: { $to }. Środki mogą pojawić się na Twoim koncie dopiero po kilku dniach.
refunded-sms = { $shop }: zlecilismy zwrot pieniedzy za zamowienie { $number }.
refunded-sms-amount = { $shop }: zlecilismy zwrot pieniedzy za zamowienie { $number }. Kwota: { $amount }.
refunded-push-title = Zleciliśmy zwrot pieniędzy
refunded-push-body = Pieniądze za zamówienie { $number } są w drodze do Ciebie.
refunded-push-body-amount = Zamówienie { $number }: zwróciliśmy Ci { $amount }.


## order.payment_failed

failed-subject = Płatność za zamówienie { $number } nie powiodła się
failed-preheader = Spróbuj ponownie, abyśmy mogli wysłać zamówienie.
failed-heading = Twoja płatność nie powiodła się
failed-intro = Płatność za Twoje zamówienie nie powiodła się. Spróbuj ponownie lub wybierz inną metodę płatności, abyśmy mogli je wysłać.
failed-intro-amount = Płatność w wysokości { $amount } za Twoje zamówienie nie powiodła się. Spróbuj ponownie lub wybierz inną metodę płatności, abyśmy mogli je wysłać.
failed-sms = { $shop }: platnosc za zamowienie { $number } nie powiodla sie. Sprobuj ponownie.
failed-push-title = Twoja płatność nie powiodła się
failed-push-body = Spróbuj ponownie, abyśmy mogli wysłać zamówienie { $number }.
failed-push-body-amount = Zamówienie { $number }, { $amount }: spróbuj ponownie, abyśmy mogli je wysłać.


## order.refund_requested

refund-subject = Otrzymaliśmy prośbę o zwrot pieniędzy za zamówienie { $number }
refund-preheader = Przyjrzymy się sprawie i damy Ci znać.
refund-heading = Otrzymaliśmy Twoją prośbę o zwrot pieniędzy
refund-intro = Dziękujemy za zgłoszenie. Zajmiemy się Twoją prośbą i odezwiemy się najszybciej, jak to możliwe.
refund-intro-amount = Dziękujemy za zgłoszenie. Zajmiemy się Twoją prośbą o zwrot kwoty { $amount } i odezwiemy się najszybciej, jak to możliwe.
refund-sms = { $shop }: mamy Twoja prosbe o zwrot pieniedzy za zamowienie { $number }. Wkrotce odpowiemy.
refund-sms-amount = { $shop }: mamy Twoja prosbe o zwrot kwoty { $amount } za zamowienie { $number }. Wkrotce odpowiemy.
refund-push-title = Otrzymaliśmy prośbę o zwrot pieniędzy
refund-push-body = Zamówienie { $number }: przyjrzymy się sprawie i damy Ci znać.
refund-push-body-amount = Zamówienie { $number }, prośba o zwrot kwoty { $amount }: przyjrzymy się sprawie i damy Ci znać.


## order.completed

completed-subject = Jak oceniasz zamówienie { $number }?
completed-preheader = Twoja opinia pomoże innym w wyborze.
completed-heading = Jak oceniasz swoje zamówienie?
completed-intro = Mamy nadzieję, że zakupy się udały. Podzielisz się swoją opinią? Kilka słów pomoże innym w wyborze, a nam – działać jeszcze lepiej.
completed-sms = { $shop }: jak oceniasz zamowienie { $number }? Czekamy na Twoja opinie: { $link }
completed-sms-linkless = { $shop }: jak oceniasz zamowienie { $number }? Czekamy na Twoja opinie.
completed-push-title = Jak oceniasz swoje zamówienie?
completed-push-body = Twoja opinia o zamówieniu { $number } pomoże innym w wyborze.
completed-push-body-item = Twoja opinia o produkcie „{ $item }” pomoże innym w wyborze.
