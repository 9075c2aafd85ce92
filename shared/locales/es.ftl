# Spanish, for Spain and Latin America: so “impuestos”, not “IVA”, and “total”
# or nothing where one says “importe” and the other “monto”.
# Text messages do without the letters that would make them twice as long: á, í, ó, ú.


## In every message

# "$label" and "$value" stand on one line of a list of facts.
fact = { $label }: { $value }
greeting = Hola, { $name }:
greeting-nameless = Hola:
footer-reason = Recibes este mensaje porque hiciste un pedido en { $shop }.
footer-support = ¿Tienes preguntas? Te ayudamos con gusto: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Recibes este mensaje porque hiciste una compra en { $shop }.
unsubscribe = No recibir más mensajes como este
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Novedades sobre tu pedido
push-private-body = Abre la notificación para ver más.


## The pages where customers choose what they hear of

preferences = Elegir qué mensajes recibes
preferences-heading = ¿Qué mensajes quieres recibir?
preferences-intro = Elige qué puede enviarte { $shop } y por qué medio.
preferences-save = Guardar
preferences-saved = Guardado. Se aplica desde ahora.
topic-order-updates = Novedades de tus pedidos
topic-order-updates-note = Cómo va tu pedido: confirmado, en camino, entregado.
topic-required = Algunos de estos mensajes son obligatorios, como la confirmación del pedido o los reembolsos, así que deja activado al menos un medio.
topic-reviews = Peticiones de opinión
topic-reviews-note = Un tiempo después de tu pedido te preguntamos qué te parece.
channel-email = Correo electrónico
channel-sms = SMS
channel-push = Notificaciones de la aplicación
unsubscribe-heading = ¿Darte de baja?
unsubscribe-question = { $shop } dejará de enviarte estos mensajes: { $topic }.
unsubscribe-button = Darme de baja
unsubscribed-heading = Te has dado de baja
unsubscribed-text = { $shop } ya no te enviará estos mensajes: { $topic }.
unsubscribed-orders = Seguirás sabiendo cómo van tus pedidos.
problem-heading = No ha funcionado
problem-link = Este enlace no es válido. Ábrelo de nuevo desde el mensaje y comprueba que esté completo. No se ha cambiado nada.
problem-expired = Este enlace ha caducado. Encontrarás uno nuevo al final de nuestro último mensaje. No se ha cambiado nada.
problem-unknown-order = Ya no conservamos el pedido de este enlace, por lo que no se ha cambiado nada. Ponte en contacto con nosotros.
problem-one-channel = No se ha cambiado nada: deja activado al menos un medio para las novedades de tus pedidos.
problem-form = No hemos podido leer los datos enviados. No se ha cambiado nada.
problem-later = Ahora mismo no es posible. Inténtalo de nuevo en unos minutos.
problem-page = Esta página no existe.


## Facts

label-number = Número de pedido
label-placed-on = Fecha del pedido
label-amount-paid = Total pagado
label-payment-method = Método de pago
label-paid-on = Fecha de pago
label-carrier = Transportista
label-tracking-number = Número de seguimiento
label-arrives-on = Entrega estimada
label-amount-requested = Reembolso solicitado
label-requested-on = Fecha de la solicitud
label-reason = Motivo
label-shipping-method = Método de envío
label-delivered-on = Fecha de entrega
# Where a parcel was left, or with whom: "With your neighbour".
label-location = Dónde encontrarlo
label-amount-due = Pendiente de pago
label-refunded-amount = Total reembolsado
label-refund-shipping = incluye envío
label-refund-to = Método de reembolso
label-refunded-on = Fecha del reembolso
label-previous-total = Total anterior
label-new-total = Nuevo total
label-pickup-until = Fecha límite de recogida
label-pickup-code = Código de recogida
label-tax-id = Identificación fiscal
# How to pay by bank transfer.
label-account-holder = Titular de la cuenta
label-iban = IBAN
label-bic = BIC
label-payment-reference = Referencia
label-pay-by = Fecha límite de pago


## Items, sums, address

items-ordered = Tu pedido
items-shipped = En este paquete
items-rest = No incluido en este paquete
items-rest-note = Los artículos que aún no hayas recibido te llegarán por separado.
items-refund = Artículos de tu solicitud
items-review = Tus artículos
items-now = Tu pedido actualizado
items-cancelled = Artículos cancelados
items-refunded = Artículos reembolsados
items-pickup = Artículos listos para recoger
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] y un artículo más
   *[other] y { $count } artículos más
}
quantity = Cantidad: { $quantity }
quantity-of = Cantidad: { $quantity } de { $ordered }
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = en lugar de { $price }
line-discount = Descuento: { $amount }
download = Descargar
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = Tus paquetes
total-subtotal = Subtotal
total-discount = Descuento
total-shipping = Envío
total-shipping-free = Gratis
total-tax = Impuestos
total-tax-included = Impuestos incluidos
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = incluye { $tax }
total-fee = Cargo
total-tip = Propina
total-gift-card = Tarjeta de regalo
total-rounding = Redondeo
total-total = Total
total-paid = Pagado
total-due = Pendiente de pago
address = Dirección de envío
billing-address = Dirección de facturación
pickup-point = Lugar de recogida
opening-hours = Horario de atención
payment-instructions = Cómo pagar
changes = Cambios
order-note = Tu nota
gift-message = Tu mensaje de regalo


## Links

action-order = Ver mi pedido
action-track = Seguir mi paquete
action-review = Escribir una reseña
action-invoice = Ver mi factura
action-pay = Pagar ahora
sms-link-order = Detalles: { $link }
sms-link-track = Seguimiento: { $link }
sms-link-pay = Para pagar: { $link }


## order.created

created-subject = Hemos recibido tu pedido { $number }
created-preheader = ¡Gracias! Te avisaremos en cuanto esté en camino.
created-heading = Gracias por tu pedido
created-intro = Hemos recibido tu pedido y te avisaremos en cuanto esté en camino.
created-sms = { $shop }: ¡gracias! Hemos recibido tu pedido { $number } por { $total }.
# Where no total is shown, as the order is a gift.
created-sms-plain = { $shop }: ¡gracias! Hemos recibido tu pedido { $number }.
created-push-title = Hemos recibido tu pedido
created-push-body = Pedido { $number } ({ $total }). Te avisaremos en cuanto esté en camino.
created-push-body-plain = Pedido { $number }: te avisaremos en cuanto esté en camino.


## order.paid

paid-subject = Hemos recibido el pago de tu pedido { $number }
paid-preheader = ¡Gracias! Estamos preparando tu pedido.
paid-preheader-amount = ¡Gracias por tu pago de { $amount }! Estamos preparando tu pedido.
paid-heading = Hemos recibido tu pago
paid-intro = ¡Gracias! Hemos recibido tu pago y ya estamos preparando tu pedido.
paid-intro-amount = ¡Gracias! Hemos recibido tu pago de { $amount } y ya estamos preparando tu pedido.
paid-sms = { $shop }: ¡gracias! Hemos recibido el pago de tu pedido { $number }.
paid-sms-amount = { $shop }: ¡gracias! Hemos recibido tu pago de { $amount } por el pedido { $number }.
paid-push-title = Pago recibido
paid-push-body = ¡Gracias! Estamos preparando tu pedido { $number }.
paid-push-body-amount = ¡Gracias por tu pago de { $amount }! Estamos preparando tu pedido { $number }.
# A part of the order is paid.
paid-intro-due = ¡Gracias! Hemos recibido tu pago de { $amount }. Pendiente de pago: { $due }.
# There was nothing to pay.
paid-subject-free = Tu pedido { $number } está confirmado
paid-preheader-free = No tienes que pagar nada. Estamos preparando tu pedido.
paid-heading-free = Tu pedido está confirmado
paid-intro-free = No tienes que pagar nada y ya lo estamos preparando.
paid-sms-free = { $shop }: hemos confirmado tu pedido { $number }. No tienes que pagar nada.
paid-push-title-free = Pedido confirmado
paid-push-body-free = No tienes que pagar nada. Estamos preparando tu pedido { $number }.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Tu pedido { $number } está en camino
shipped-subject-part = Parte de tu pedido { $number } está en camino
shipped-preheader = Esto es lo que va en el paquete.
shipped-preheader-arrives = Entrega estimada: { $date }
shipped-heading = Tu pedido está en camino
shipped-heading-part = Parte de tu pedido está en camino
shipped-intro = Buenas noticias: hemos enviado tu pedido.
shipped-intro-carrier = Buenas noticias: tu pedido ya está en manos de { $carrier }.
shipped-intro-part = Buenas noticias: hemos enviado parte de tu pedido. El resto viaja por separado.
shipped-intro-part-carrier = Buenas noticias: un paquete con parte de tu pedido ya está en manos de { $carrier }. El resto viaja por separado.
shipped-sms = { $shop }: ya hemos enviado tu pedido { $number }.
shipped-sms-part = { $shop }: ya hemos enviado parte de tu pedido { $number }.
shipped-sms-arrives = Entrega estimada: { $date }.
shipped-push-title = Tu pedido está en camino
shipped-push-title-part = Parte de tu pedido está en camino
shipped-push-body = Hemos enviado un paquete de tu pedido { $number }.
shipped-push-body-carrier = { $carrier } te lleva un paquete de tu pedido { $number }.
shipped-push-body-arrives = Pedido { $number }, entrega estimada: { $date }.


## order.shipment_updated

tracking-subject = Novedades sobre la entrega de tu pedido { $number }
tracking-preheader = Así puedes seguir tu paquete.
tracking-preheader-arrives = Entrega estimada: { $date }
tracking-heading = Novedades sobre tu paquete
tracking-intro = Hay novedades sobre la entrega de tu pedido. Esto es lo que sabemos ahora.
tracking-sms = { $shop }: hay novedades sobre la entrega de tu pedido { $number }.
tracking-push-title = Novedades sobre tu paquete
tracking-push-body = Hay novedades sobre la entrega de tu pedido { $number }.
tracking-push-body-arrives = Pedido { $number }, entrega estimada: { $date }.


## order.out_for_delivery

out-subject = El paquete de tu pedido { $number } llega hoy
out-preheader = Tu paquete ya está en reparto.
out-heading = Tu paquete llega hoy
out-intro = Tu paquete ya está en reparto y debería llegarte hoy.
out-intro-carrier = Tu paquete ya está en reparto con { $carrier } y debería llegarte hoy.
out-sms = { $shop }: el paquete de tu pedido { $number } ya va en camino. Entrega estimada: hoy.
out-push-title = Tu paquete llega hoy
out-push-body = El paquete de tu pedido { $number } ya está en reparto.
out-push-body-carrier = { $carrier } te lleva hoy el paquete de tu pedido { $number }.


## order.delivered

delivered-subject = El paquete de tu pedido { $number } ha sido entregado
delivered-preheader = Esperamos que lo disfrutes.
delivered-preheader-location = Dónde encontrarlo: { $location }
delivered-heading = Tu paquete ha sido entregado
delivered-intro = Tu paquete ha llegado. ¡Esperamos que lo disfrutes!
delivered-sms = { $shop }: el paquete de tu pedido { $number } ha sido entregado.
delivered-sms-location = Lugar de entrega: { $location }.
delivered-push-title = Paquete entregado
delivered-push-body = El paquete de tu pedido { $number } ha sido entregado.
delivered-push-body-location = Pedido { $number }, dónde encontrarlo: { $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = Tu pedido { $number } está listo para recoger
pickup-preheader = Aquí te decimos dónde recogerlo.
pickup-preheader-until = Fecha límite de recogida: { $date }
pickup-heading = Tu pedido está listo para recoger
pickup-intro = Tu pedido está listo y te espera.
pickup-intro-name = Tu pedido está listo y te espera aquí: { $name }.
pickup-sms = { $shop }: ya puedes recoger tu pedido { $number }.
pickup-sms-name = { $shop }: ya puedes recoger tu pedido { $number }. Lugar de recogida: { $name }.
pickup-sms-until = Disponible hasta: { $date }.
pickup-sms-code = Clave de recogida: { $code }.
pickup-push-title = Tu pedido está listo para recoger
pickup-push-body = Tu pedido { $number } te espera.
pickup-push-body-name = Tu pedido { $number } te espera aquí: { $name }
pickup-push-body-until = Pedido { $number }, fecha límite de recogida: { $date }.


## order.edited

edited-subject = Tu pedido { $number } ha cambiado
edited-preheader = Así queda ahora.
edited-preheader-total = El nuevo total es { $total }.
edited-heading = Tu pedido ha cambiado
edited-intro = Hemos modificado tu pedido. Así queda ahora.
edited-sms = { $shop }: tu pedido { $number } ha cambiado.
edited-sms-total = { $shop }: tu pedido { $number } ha cambiado. El nuevo total es { $total }.
edited-push-title = Tu pedido ha cambiado
edited-push-body = Así queda ahora tu pedido { $number }.
edited-push-body-total = Pedido { $number }: el nuevo total es { $total }.


## order.cancelled; "part" where only a part of the order is

cancelled-subject = Tu pedido { $number } ha sido cancelado
cancelled-subject-part = Parte de tu pedido { $number } ha sido cancelada
cancelled-preheader = Esto es lo que pasa ahora.
cancelled-preheader-refund = Te devolveremos { $amount }.
cancelled-heading = Tu pedido ha sido cancelado
cancelled-heading-part = Parte de tu pedido ha sido cancelada
# What happens to the money, after "has been cancelled".
cancelled-intro = Si ya habías pagado, te devolveremos el dinero.
cancelled-intro-refund = Te devolveremos { $amount }.
cancelled-intro-refund-to = Te devolveremos { $amount } a través de { $to }.
cancelled-sms = { $shop }: tu pedido { $number } ha sido cancelado.
cancelled-sms-part = { $shop }: parte de tu pedido { $number } ha sido cancelada.
cancelled-sms-refund = Te devolveremos { $amount }.
cancelled-push-title = Pedido cancelado
cancelled-push-title-part = Pedido cancelado en parte
cancelled-push-body = Tu pedido { $number } ha sido cancelado.
cancelled-push-body-part = Parte de tu pedido { $number } ha sido cancelada.
cancelled-push-body-refund = Pedido { $number }: te devolveremos { $amount }.


## order.refunded: the money is on its way back

refunded-subject = El reembolso de tu pedido { $number } está en camino
refunded-preheader = Puede tardar unos días en aparecer en tu cuenta.
refunded-preheader-amount = Te hemos devuelto { $amount }.
refunded-heading = Tu reembolso está en camino
refunded-intro = Hemos enviado tu reembolso. Puede tardar unos días en aparecer en tu cuenta.
refunded-intro-amount = Te hemos devuelto { $amount }. El reembolso puede tardar unos días en aparecer en tu cuenta.
refunded-intro-amount-to = Te hemos devuelto { $amount } a través de { $to }. El reembolso puede tardar unos días en aparecer en tu cuenta.
refunded-sms = { $shop }: el reembolso de tu pedido { $number } va en camino.
refunded-sms-amount = { $shop }: tu reembolso de { $amount } por el pedido { $number } va en camino.
refunded-push-title = Tu reembolso está en camino
refunded-push-body = El reembolso de tu pedido { $number } está en camino.
refunded-push-body-amount = Tu reembolso de { $amount } por el pedido { $number } está en camino.


## order.payment_failed

failed-subject = No se pudo completar el pago de tu pedido { $number }
failed-preheader = Vuelve a intentarlo para que podamos enviarte tu pedido.
failed-heading = No se pudo completar tu pago
failed-intro = No se pudo completar el pago de tu pedido. Para que podamos enviártelo, vuelve a intentarlo o elige otro método de pago.
failed-intro-amount = No se pudo completar el pago de { $amount } por tu pedido. Para que podamos enviártelo, vuelve a intentarlo o elige otro método de pago.
failed-sms = { $shop }: no se pudo completar el pago de tu pedido { $number }. Vuelve a intentarlo, por favor.
failed-push-title = No se pudo completar tu pago
failed-push-body = Vuelve a intentarlo para que podamos enviarte tu pedido { $number }.
failed-push-body-amount = { $amount } por el pedido { $number }: vuelve a intentarlo para que podamos enviártelo.


## order.refund_requested

refund-subject = Hemos recibido tu solicitud de reembolso del pedido { $number }
refund-preheader = La revisaremos y te responderemos.
refund-heading = Hemos recibido tu solicitud de reembolso
refund-intro = Gracias por avisarnos. Revisaremos tu solicitud y te responderemos lo antes posible.
refund-intro-amount = Gracias por avisarnos. Has solicitado un reembolso de { $amount }: revisaremos tu solicitud y te responderemos lo antes posible.
refund-sms = { $shop }: hemos recibido tu solicitud de reembolso del pedido { $number }. Te responderemos pronto.
refund-sms-amount = { $shop }: hemos recibido tu solicitud de reembolso de { $amount } (pedido { $number }). Te responderemos pronto.
refund-push-title = Solicitud de reembolso recibida
refund-push-body = Pedido { $number }: revisaremos tu solicitud y te responderemos.
refund-push-body-amount = Pedido { $number }, reembolso solicitado: { $amount }. Revisaremos tu solicitud y te responderemos.


## order.completed

completed-subject = ¿Qué te parece tu pedido { $number }?
completed-preheader = Unas palabras tuyas ayudan a otras personas a elegir.
completed-heading = ¿Qué te parece tu pedido?
completed-intro = Esperamos que estés disfrutando de tu pedido. ¿Nos cuentas qué te parece? Tu opinión ayuda a otras personas a elegir y nos ayuda a mejorar.
completed-sms = { $shop }: ¿te gusta tu pedido { $number }? Cuéntanos qué te parece: { $link }
completed-sms-linkless = { $shop }: ¿te gusta tu pedido { $number }? Cuéntanos qué te parece.
completed-push-title = ¿Qué te parece tu pedido?
completed-push-body = Unas palabras sobre tu pedido { $number } ayudan a otras personas a elegir.
completed-push-body-item = Unas palabras sobre “{ $item }” ayudan a otras personas a elegir.
