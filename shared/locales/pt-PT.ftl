# European Portuguese. Names of shops and carriers stand without an article,
# as their gender is unknown.


## In every message

fact = { $label }: { $value }
greeting = Olá, { $name }!
greeting-nameless = Olá!
footer-reason = Recebeu esta mensagem porque fez uma encomenda em { $shop }.
footer-support = Tem dúvidas? Teremos todo o gosto em ajudar: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Recebeu esta mensagem porque fez uma compra em { $shop }.
unsubscribe = Deixar de receber mensagens como esta
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Novidades sobre a sua encomenda
push-private-body = Abra para ver mais.


## The pages where customers choose what they hear of

preferences = Escolher que mensagens recebe
preferences-heading = Que mensagens pretende receber?
preferences-intro = Escolha o que { $shop } lhe pode enviar e por que meio.
preferences-save = Guardar
preferences-saved = Guardado. Aplica-se a partir de agora.
topic-order-updates = Novidades das encomendas
topic-order-updates-note = Como está a sua encomenda: confirmada, a caminho, entregue.
topic-required = Algumas destas mensagens são obrigatórias, como a confirmação da encomenda e os reembolsos. Por isso, deixe pelo menos um meio ativado.
topic-reviews = Pedidos de avaliação
topic-reviews-note = Algum tempo depois da encomenda, perguntamos o que achou.
channel-email = E-mail
channel-sms = SMS
channel-push = Notificações na aplicação
unsubscribe-heading = Cancelar a subscrição?
unsubscribe-question = { $shop } deixará de lhe enviar estas mensagens: { $topic }.
unsubscribe-button = Cancelar a subscrição
unsubscribed-heading = Subscrição cancelada
unsubscribed-text = { $shop } deixará de lhe enviar estas mensagens: { $topic }.
unsubscribed-orders = Continuará a saber como estão as suas encomendas.
problem-heading = Não funcionou
problem-link = Esta ligação não é válida. Abra-a de novo a partir da mensagem e confirme que está completa. Nada foi alterado.
problem-expired = Esta ligação expirou. Encontra uma nova no fim da última mensagem que lhe enviámos. Nada foi alterado.
problem-unknown-order = Já não temos a encomenda a que esta ligação pertence, pelo que nada foi alterado. Entre em contacto connosco.
problem-one-channel = Nada foi alterado: deixe pelo menos um meio ativado para as novidades das encomendas.
problem-form = Não conseguimos ler os dados enviados. Nada foi alterado.
problem-later = De momento não é possível. Tente novamente dentro de alguns minutos.
problem-page = Esta página não existe.


## Facts

label-number = Número da encomenda
label-placed-on = Data da encomenda
label-amount-paid = Valor pago
label-payment-method = Método de pagamento
label-paid-on = Data do pagamento
label-carrier = Transportadora
label-tracking-number = Número de seguimento
label-arrives-on = Entrega prevista
label-amount-requested = Reembolso solicitado
label-requested-on = Data do pedido
label-reason = Motivo
label-shipping-method = Método de envio
label-delivered-on = Data da entrega
# Where a parcel was left, or with whom: "With your neighbour".
label-location = Onde encontrar
label-amount-due = Falta pagar
label-refunded-amount = Valor reembolsado
label-refund-shipping = incluindo portes de envio
label-refund-to = Forma de reembolso
label-refunded-on = Data do reembolso
label-previous-total = Total anterior
label-new-total = Novo total
label-pickup-until = Levantar até
label-pickup-code = Código de levantamento
label-tax-id = NIF
# How to pay by bank transfer.
label-account-holder = Titular da conta
label-iban = IBAN
label-bic = BIC (SWIFT)
label-payment-reference = Descritivo da transferência
label-pay-by = Pagar até


## Items, sums, address

items-ordered = A sua encomenda
items-shipped = Neste pacote
items-rest = Fora deste pacote
items-rest-note = Os artigos que ainda não recebeu chegam em separado.
items-refund = Artigos do seu pedido
items-review = Os seus artigos
items-now = A sua encomenda agora
items-cancelled = Artigos cancelados
items-refunded = Artigos reembolsados
items-pickup = Para levantar
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] e mais um artigo
   *[other] e mais { $count } artigos
}
quantity = Quantidade: { $quantity }
quantity-of = Quantidade: { $quantity } de { $ordered }
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = em vez de { $price }
line-discount = Desconto: { $amount }
download = Transferir
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = Os seus pacotes
total-subtotal = Subtotal
total-discount = Desconto
total-shipping = Portes de envio
total-shipping-free = Grátis
total-tax = Impostos
total-tax-included = Impostos incluídos
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = inclui { $tax }
total-fee = Taxa adicional
total-tip = Gorjeta
total-gift-card = Cartão-oferta
total-rounding = Arredondamento
total-total = Total
total-paid = Pago
total-due = Falta pagar
address = Morada de entrega
billing-address = Morada de faturação
pickup-point = Local de levantamento
opening-hours = Horário de funcionamento
payment-instructions = Como pagar
changes = O que mudou
order-note = A sua nota
gift-message = A sua mensagem de oferta


## Links

action-order = Ver a minha encomenda
action-track = Seguir o meu pacote
action-review = Escrever uma avaliação
action-invoice = Ver fatura
action-pay = Pagar agora
sms-link-order = Detalhes: { $link }
sms-link-track = Siga o pacote: { $link }
sms-link-pay = Pague aqui: { $link }


## order.created

created-subject = Recebemos a sua encomenda { $number }
created-preheader = Obrigado! Avisamos assim que estiver a caminho.
created-heading = Obrigado pela sua encomenda
created-intro = Recebemos a sua encomenda e avisamos assim que estiver a caminho.
# Text messages do without the letters that would make them twice as long: á, ã, ç, ê, ó…
created-sms = { $shop }: obrigado! Recebemos a sua encomenda { $number } no valor de { $total }.
# Where no total is shown, as the order is a gift.
created-sms-plain = { $shop }: obrigado! Recebemos a sua encomenda { $number }.
created-push-title = Recebemos a sua encomenda
created-push-body = Encomenda { $number } ({ $total }). Avisamos assim que estiver a caminho.
created-push-body-plain = Encomenda { $number }: avisamos assim que estiver a caminho.


## order.paid

paid-subject = Recebemos o pagamento da sua encomenda { $number }
paid-preheader = Obrigado! Estamos a preparar a sua encomenda.
paid-preheader-amount = Obrigado pelo pagamento de { $amount }! Estamos a preparar a sua encomenda.
paid-heading = Recebemos o seu pagamento
paid-intro = Obrigado! Recebemos o seu pagamento e já estamos a preparar a encomenda.
paid-intro-amount = Obrigado! Recebemos o seu pagamento de { $amount } e já estamos a preparar a encomenda.
paid-sms = { $shop }: obrigado! Recebemos o pagamento da sua encomenda { $number }.
paid-sms-amount = { $shop }: obrigado! Recebemos o pagamento de { $amount } da sua encomenda { $number }.
paid-push-title = Pagamento recebido
paid-push-body = Obrigado! Estamos a preparar a sua encomenda { $number }.
paid-push-body-amount = Obrigado pelo pagamento de { $amount }! Estamos a preparar a sua encomenda { $number }.
# A part of the order is paid.
paid-intro-due = Obrigado! Recebemos o seu pagamento de { $amount }. Ainda falta pagar: { $due }.
# There was nothing to pay.
paid-subject-free = A sua encomenda { $number } está confirmada
paid-preheader-free = Não tem nada a pagar. Estamos a preparar a sua encomenda.
paid-heading-free = A sua encomenda está confirmada
paid-intro-free = Não tem nada a pagar e já estamos a preparar a encomenda.
paid-sms-free = { $shop }: a sua encomenda { $number } foi confirmada. Nada a pagar!
paid-push-title-free = Encomenda confirmada
paid-push-body-free = Não tem nada a pagar pela encomenda { $number }. Já a estamos a preparar.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = A sua encomenda { $number } está a caminho
shipped-subject-part = Parte da sua encomenda { $number } está a caminho
shipped-preheader = Veja o que vem no pacote.
shipped-preheader-arrives = Entrega prevista: { $date }
shipped-heading = A sua encomenda está a caminho
shipped-heading-part = Parte da sua encomenda está a caminho
shipped-intro = Boas notícias: enviámos a sua encomenda.
shipped-intro-carrier = Boas notícias: entregámos a sua encomenda à transportadora { $carrier }.
shipped-intro-part = Boas notícias: enviámos parte da sua encomenda. O resto segue em separado.
shipped-intro-part-carrier = Boas notícias: entregámos um pacote com parte da sua encomenda à transportadora { $carrier }. O resto segue em separado.
shipped-sms = { $shop }: a sua encomenda { $number } vai a caminho.
shipped-sms-part = { $shop }: parte da sua encomenda { $number } vai a caminho.
shipped-sms-arrives = Entrega prevista: { $date }.
shipped-push-title = A sua encomenda está a caminho
shipped-push-title-part = Parte da sua encomenda está a caminho
shipped-push-body = Enviámos um pacote da sua encomenda { $number }.
shipped-push-body-carrier = Um pacote da sua encomenda { $number } já está com a transportadora { $carrier }.
shipped-push-body-arrives = Encomenda { $number }, entrega prevista: { $date }.


## order.shipment_updated

tracking-subject = Novidades sobre a entrega da sua encomenda { $number }
tracking-preheader = Veja como seguir o seu pacote.
tracking-preheader-arrives = Entrega prevista: { $date }
tracking-heading = Novidades sobre o seu pacote
tracking-intro = Temos novas informações sobre a entrega da sua encomenda. Eis o que já sabemos.
tracking-sms = { $shop }: novidades sobre a entrega da sua encomenda { $number }.
tracking-push-title = Novidades sobre o seu pacote
tracking-push-body = Temos novas informações sobre a entrega da encomenda { $number }.
tracking-push-body-arrives = Encomenda { $number }, entrega prevista: { $date }.


## order.out_for_delivery

out-subject = O pacote da sua encomenda { $number } chega hoje
out-preheader = O seu pacote saiu para entrega.
out-heading = O seu pacote chega hoje
out-intro = O seu pacote saiu para entrega e deve chegar hoje.
out-intro-carrier = O seu pacote saiu para entrega com a transportadora { $carrier } e deve chegar hoje.
out-sms = { $shop }: o pacote da sua encomenda { $number } deve chegar hoje.
out-push-title = O seu pacote chega hoje
out-push-body = O pacote da sua encomenda { $number } saiu para entrega.
out-push-body-carrier = O pacote da sua encomenda { $number } chega hoje pela transportadora { $carrier }.


## order.delivered

delivered-subject = O pacote da sua encomenda { $number } foi entregue
delivered-preheader = Esperamos que goste.
delivered-preheader-location = Onde encontrar: { $location }
delivered-heading = O seu pacote foi entregue
delivered-intro = O seu pacote chegou. Esperamos que goste!
delivered-sms = { $shop }: o pacote da sua encomenda { $number } foi entregue.
delivered-sms-location = Onde encontrar: { $location }.
delivered-push-title = Pacote entregue
delivered-push-body = O pacote da sua encomenda { $number } foi entregue.
delivered-push-body-location = Encomenda { $number }, onde encontrar: { $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = Já pode levantar a sua encomenda { $number }
pickup-preheader = Veja onde a pode levantar.
pickup-preheader-until = Levante até: { $date }
pickup-heading = Já pode levantar a sua encomenda
pickup-intro = A sua encomenda está pronta e à sua espera.
pickup-intro-name = A sua encomenda está pronta e à sua espera. Local de levantamento: { $name }.
pickup-sms = { $shop }: pode levantar a sua encomenda { $number }.
pickup-sms-name = { $shop }: pode levantar a sua encomenda { $number }. Local: { $name }.
pickup-sms-until = Levante até: { $date }.
pickup-sms-code = Codigo de levantamento: { $code }.
pickup-push-title = Já pode levantar a sua encomenda
pickup-push-body = A sua encomenda { $number } está à sua espera.
pickup-push-body-name = A sua encomenda { $number } está à sua espera. Local: { $name }
pickup-push-body-until = A sua encomenda { $number } está à sua espera. Levante até: { $date }


## order.edited

edited-subject = A sua encomenda { $number } foi alterada
edited-preheader = Veja como ficou.
edited-preheader-total = Novo total: { $total }
edited-heading = A sua encomenda foi alterada
edited-intro = Alterámos a sua encomenda. Veja como ficou.
edited-sms = { $shop }: a sua encomenda { $number } foi alterada.
edited-sms-total = { $shop }: a sua encomenda { $number } foi alterada. Novo total: { $total }.
edited-push-title = A sua encomenda foi alterada
edited-push-body = Veja como ficou a sua encomenda { $number }.
edited-push-body-total = Encomenda { $number }, novo total: { $total }.


## order.cancelled; "part" where only a part of the order is

cancelled-subject = A sua encomenda { $number } foi cancelada
cancelled-subject-part = Parte da sua encomenda { $number } foi cancelada
cancelled-preheader = Veja o que acontece a seguir.
cancelled-preheader-refund = Vamos devolver-lhe { $amount }.
cancelled-heading = A sua encomenda foi cancelada
cancelled-heading-part = Parte da sua encomenda foi cancelada
# What happens to the money, after "has been cancelled".
cancelled-intro = Se já pagou, vamos devolver-lhe o dinheiro.
cancelled-intro-refund = Vamos devolver-lhe { $amount }.
cancelled-intro-refund-to = Vamos devolver-lhe { $amount }. Forma de reembolso: { $to }.
cancelled-sms = { $shop }: a sua encomenda { $number } foi cancelada.
cancelled-sms-part = { $shop }: parte da sua encomenda { $number } foi cancelada.
cancelled-sms-refund = Vamos devolver-lhe { $amount }.
cancelled-push-title = Encomenda cancelada
cancelled-push-title-part = Parte da sua encomenda foi cancelada
cancelled-push-body = A sua encomenda { $number } foi cancelada.
cancelled-push-body-part = Parte da sua encomenda { $number } foi cancelada.
cancelled-push-body-refund = Encomenda { $number }: vamos devolver-lhe { $amount }.


## order.refunded: the money is on its way back

refunded-subject = O reembolso da sua encomenda { $number } está a caminho
refunded-preheader = O valor pode demorar alguns dias a aparecer na sua conta.
refunded-preheader-amount = Valor do reembolso: { $amount }
refunded-heading = O seu reembolso está a caminho
refunded-intro = Enviámos o seu reembolso. O valor pode demorar alguns dias a aparecer na sua conta.
refunded-intro-amount = Enviámos o seu reembolso de { $amount }. O valor pode demorar alguns dias a aparecer na sua conta.
refunded-intro-amount-to = Enviámos o seu reembolso de { $amount }. Forma de reembolso: { $to }. O valor pode demorar alguns dias a aparecer na sua conta.
refunded-sms = { $shop }: o reembolso da sua encomenda { $number } vai a caminho.
refunded-sms-amount = { $shop }: o reembolso de { $amount } da sua encomenda { $number } vai a caminho.
refunded-push-title = O seu reembolso está a caminho
refunded-push-body = O reembolso da sua encomenda { $number } está a caminho.
refunded-push-body-amount = O reembolso de { $amount } da sua encomenda { $number } está a caminho.


## order.payment_failed

failed-subject = O pagamento da sua encomenda { $number } não foi concluído
failed-preheader = Tente novamente, para podermos enviar a sua encomenda.
failed-heading = O seu pagamento não foi concluído
failed-intro = Não foi possível concluir o pagamento da sua encomenda. Tente novamente ou escolha outro método de pagamento, para a podermos enviar.
failed-intro-amount = Não foi possível concluir o pagamento de { $amount } da sua encomenda. Tente novamente ou escolha outro método de pagamento, para a podermos enviar.
failed-sms = { $shop }: o pagamento da sua encomenda { $number } falhou. Tente novamente.
failed-push-title = O seu pagamento não foi concluído
failed-push-body = Tente novamente, para podermos enviar a sua encomenda { $number }.
failed-push-body-amount = Encomenda { $number } ({ $amount }): tente novamente, para a podermos enviar.


## order.refund_requested

refund-subject = Recebemos o seu pedido de reembolso da encomenda { $number }
refund-preheader = Vamos analisá-lo e respondemos em breve.
refund-heading = Recebemos o seu pedido de reembolso
refund-intro = Obrigado por nos avisar. Vamos analisar o seu pedido e responder o mais depressa possível.
refund-intro-amount = Obrigado por nos avisar. Vamos analisar o seu pedido de reembolso no valor de { $amount } e responder o mais depressa possível.
refund-sms = { $shop }: recebemos o seu pedido de reembolso da encomenda { $number }. Respondemos em breve.
refund-sms-amount = { $shop }: recebemos o seu pedido de reembolso de { $amount } da encomenda { $number }. Respondemos em breve.
refund-push-title = Pedido de reembolso recebido
refund-push-body = Encomenda { $number }: vamos analisar o seu pedido e respondemos em breve.
refund-push-body-amount = Encomenda { $number }, reembolso solicitado: { $amount }. Vamos analisar e respondemos em breve.


## order.completed

completed-subject = O que achou da sua encomenda { $number }?
completed-preheader = A sua opinião ajuda outras pessoas a escolher.
completed-heading = O que achou da sua encomenda?
completed-intro = Esperamos que esteja a gostar da sua encomenda. Quer dizer-nos o que achou? A sua opinião ajuda outras pessoas a escolher e ajuda-nos a melhorar.
completed-sms = { $shop }: gostou da sua encomenda { $number }? Diga-nos o que achou: { $link }
completed-sms-linkless = { $shop }: gostou da sua encomenda { $number }? Diga-nos o que achou.
completed-push-title = O que achou da sua encomenda?
completed-push-body = A sua opinião sobre a encomenda { $number } ajuda outras pessoas a escolher.
completed-push-body-item = A sua opinião sobre “{ $item }” ajuda outras pessoas a escolher.
