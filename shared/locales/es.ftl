# Spanish, for Spain and Latin America: so “impuestos”, not “IVA”, and “total”
# or nothing where one says “importe” and the other “monto”.


## In every message

fact = { $label }: { $value }
greeting = Hola, { $name }:
greeting-nameless = Hola:
footer-reason = Recibes este correo porque hiciste un pedido en { $shop }.
footer-support = ¿Tienes preguntas? Te ayudamos con gusto: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Recibes este correo porque hiciste una compra en { $shop }.
unsubscribe = No recibir más mensajes como este
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Novedades sobre tu pedido
push-private-body = Abre la notificación para ver más.


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
label-requested-on = Fecha de solicitud
label-reason = Motivo


## Items, sums, address

items-ordered = Tu pedido
items-shipped = En este paquete
items-rest = No incluido en este paquete
items-rest-note = Los artículos que aún no hayas recibido te llegarán por separado.
items-refund = Artículos de tu solicitud
items-review = Tus artículos
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] y un artículo más
   *[other] y { $count } artículos más
}
quantity = Cantidad: { $quantity }
quantity-of = Cantidad: { $quantity } de { $ordered }
quantity-price = { $quantity } × { $price }
total-subtotal = Subtotal
total-discount = Descuento
total-shipping = Envío
total-shipping-free = Gratis
total-tax = Impuestos
total-tax-included = Impuestos incluidos
total-total = Total
address = Dirección de envío


## Links

action-order = Ver mi pedido
action-track = Seguir mi paquete
action-review = Escribir una reseña
sms-link-order = Detalles: { $link }
sms-link-track = Seguimiento: { $link }


## order.created

created-subject = Hemos recibido tu pedido { $number }
created-preheader = ¡Gracias! Te avisaremos en cuanto esté en camino.
created-heading = Gracias por tu pedido
created-intro = Hemos recibido tu pedido y te avisaremos en cuanto esté en camino.
created-sms = { $shop }: ¡gracias! Hemos recibido tu pedido { $number } por { $total }.
created-push-title = Hemos recibido tu pedido
created-push-body = Pedido { $number } ({ $total }). Te avisaremos en cuanto esté en camino.


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
# Text messages do without the letters that would make them twice as long: á, í, ó, ú.
shipped-sms = { $shop }: ya hemos enviado tu pedido { $number }.
shipped-sms-part = { $shop }: ya hemos enviado parte de tu pedido { $number }.
shipped-sms-arrives = Entrega estimada: { $date }.
shipped-push-title = Tu pedido está en camino
shipped-push-title-part = Parte de tu pedido está en camino
shipped-push-body = Hemos enviado un paquete de tu pedido { $number }.
shipped-push-body-carrier = { $carrier } te lleva un paquete de tu pedido { $number }.
shipped-push-body-arrives = Pedido { $number }, entrega estimada: { $date }.


## order.refund_requested

refund-subject = Hemos recibido tu solicitud de reembolso del pedido { $number }
refund-preheader = La revisaremos y te daremos una respuesta.
refund-heading = Hemos recibido tu solicitud de reembolso
refund-intro = Gracias por avisarnos. Revisaremos tu solicitud y te responderemos lo antes posible.
refund-intro-amount = Gracias por avisarnos. Revisaremos tu solicitud de reembolso de { $amount } y te responderemos lo antes posible.
refund-sms = { $shop }: hemos recibido tu solicitud de reembolso del pedido { $number }. Te responderemos pronto.
refund-sms-amount = { $shop }: hemos recibido tu solicitud de reembolso de { $amount } (pedido { $number }). Te responderemos pronto.
refund-push-title = Solicitud de reembolso recibida
refund-push-body = Pedido { $number }: revisaremos tu solicitud y te responderemos.
refund-push-body-amount = Pedido { $number } ({ $amount }): revisaremos tu solicitud y te responderemos.


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
