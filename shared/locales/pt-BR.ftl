# Brazilian Portuguese. Names of shops and carriers stand without an article,
# as their gender is unknown.


## In every message

fact = { $label }: { $value }
greeting = Olá, { $name }!
greeting-nameless = Olá!
footer-reason = Você recebeu esta mensagem porque fez um pedido em { $shop }.
footer-support = Dúvidas? Será um prazer ajudar: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Você recebeu esta mensagem porque fez uma compra em { $shop }.
unsubscribe = Não receber mais mensagens como esta
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Novidades sobre seu pedido
push-private-body = Abra para ver mais.


## The pages where customers choose what they hear of

preferences = Escolher quais mensagens receber
preferences-heading = Quais mensagens você quer receber?
preferences-intro = Escolha o que { $shop } pode enviar para você e por qual meio.
preferences-save = Salvar
preferences-saved = Salvo. Já está valendo.
topic-order-updates = Novidades dos pedidos
topic-order-updates-note = Como está o seu pedido: confirmado, a caminho, entregue.
topic-required = Algumas dessas mensagens são obrigatórias, como a confirmação do pedido e os reembolsos. Por isso, deixe pelo menos um meio ativado.
topic-reviews = Pedidos de avaliação
topic-reviews-note = Algum tempo depois do pedido, perguntamos o que você achou.
channel-email = E-mail
channel-sms = SMS
channel-push = Notificações no aplicativo
unsubscribe-heading = Cancelar o recebimento?
unsubscribe-question = { $shop } não enviará mais estas mensagens para você: { $topic }.
unsubscribe-button = Não quero mais receber
unsubscribed-heading = Recebimento cancelado
unsubscribed-text = { $shop } não enviará mais estas mensagens para você: { $topic }.
unsubscribed-orders = Você continuará sabendo como estão os seus pedidos.
problem-heading = Não deu certo
problem-link = Este link não é válido. Abra-o de novo a partir da mensagem e confira se ele está completo. Nada foi alterado.
problem-expired = Este link expirou. Há um novo no fim da última mensagem que enviamos. Nada foi alterado.
problem-unknown-order = Não temos mais o pedido a que este link pertence, por isso nada foi alterado. Entre em contato conosco.
problem-one-channel = Nada foi alterado: deixe pelo menos um meio ativado para as novidades dos pedidos.
problem-form = Não conseguimos ler os dados enviados. Nada foi alterado.
problem-later = Não é possível fazer isso agora. Tente de novo em alguns minutos.
problem-page = Esta página não existe.


## Facts

label-number = Número do pedido
label-placed-on = Data do pedido
label-amount-paid = Valor pago
label-payment-method = Forma de pagamento
label-paid-on = Data do pagamento
label-carrier = Transportadora
label-tracking-number = Código de rastreio
label-arrives-on = Previsão de entrega
label-amount-requested = Reembolso solicitado
label-requested-on = Data da solicitação
label-reason = Motivo
label-shipping-method = Forma de envio
label-delivered-on = Data da entrega
# Where a parcel was left, or with whom: "With your neighbour".
label-location = Onde encontrar
label-amount-due = Falta pagar
label-refunded-amount = Valor reembolsado
label-refund-shipping = incluindo frete
label-refund-to = Forma de reembolso
label-refunded-on = Data do reembolso
label-previous-total = Total anterior
label-new-total = Novo total
label-pickup-until = Retirar até
label-pickup-code = Código de retirada
label-tax-id = CPF/CNPJ
# How to pay by bank transfer.
label-account-holder = Titular da conta
label-iban = IBAN
label-bic = BIC (SWIFT)
label-payment-reference = Referência do pagamento
label-pay-by = Pagar até


## Items, sums, address

items-ordered = Seu pedido
items-shipped = Neste pacote
items-rest = Não incluídos neste pacote
items-rest-note = Os itens que ainda não chegaram serão entregues separadamente.
items-refund = Itens da solicitação
items-review = Seus itens
items-now = Seu pedido agora
items-cancelled = Itens cancelados
items-refunded = Itens reembolsados
items-pickup = Para retirar
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] e mais um item
   *[other] e mais { $count } itens
}
quantity = Quantidade: { $quantity }
quantity-of = Quantidade: { $quantity } de { $ordered }
# $price is the price of one.
quantity-price = { $quantity } × { $price }
# $price is the price of one before discounts; it is shown struck through, too.
list-price = em vez de { $price }
line-discount = Desconto: { $amount }
download = Baixar
# The parcels of a shipment, each with its number and a link that says action-track.
parcels = Seus pacotes
total-subtotal = Subtotal
total-discount = Desconto
total-shipping = Frete
total-shipping-free = Grátis
total-tax = Impostos
total-tax-included = Impostos inclusos
# $tax is a tax by its own name, with its rate: "MwSt (19 %)".
total-includes = inclui { $tax }
total-fee = Taxa adicional
total-tip = Gorjeta
total-gift-card = Vale-presente
total-rounding = Arredondamento
total-total = Total
total-paid = Pago
total-due = Falta pagar
address = Endereço de entrega
billing-address = Endereço de cobrança
pickup-point = Local de retirada
opening-hours = Horário de funcionamento
payment-instructions = Como pagar
changes = O que mudou
order-note = Sua observação
gift-message = Sua mensagem de presente


## Links

action-order = Ver meu pedido
action-track = Rastrear meu pacote
action-review = Escrever uma avaliação
action-invoice = Ver nota fiscal
action-pay = Pagar agora
sms-link-order = Detalhes: { $link }
sms-link-track = Rastreie: { $link }
sms-link-pay = Pague aqui: { $link }


## order.created

created-subject = Recebemos seu pedido { $number }
created-preheader = Obrigado! Avisaremos assim que ele estiver a caminho.
created-heading = Obrigado pelo seu pedido
created-intro = Recebemos seu pedido e avisaremos assim que ele estiver a caminho.
# Text messages do without the letters that would make them twice as long: á, ã, ç, ê, ó…
created-sms = { $shop }: obrigado! Recebemos seu pedido { $number } no valor de { $total }.
# Where no total is shown, as the order is a gift.
created-sms-plain = { $shop }: obrigado! Recebemos seu pedido { $number }.
created-push-title = Recebemos seu pedido
created-push-body = Pedido { $number } ({ $total }). Avisaremos assim que ele estiver a caminho.
created-push-body-plain = Pedido { $number }: avisaremos assim que ele estiver a caminho.


## order.paid

paid-subject = Recebemos o pagamento do seu pedido { $number }
paid-preheader = Obrigado! Estamos preparando seu pedido.
paid-preheader-amount = Obrigado pelo pagamento de { $amount }! Estamos preparando seu pedido.
paid-heading = Recebemos seu pagamento
paid-intro = Obrigado! Recebemos seu pagamento e já estamos preparando o pedido.
paid-intro-amount = Obrigado! Recebemos seu pagamento de { $amount } e já estamos preparando o pedido.
paid-sms = { $shop }: obrigado! Recebemos o pagamento do seu pedido { $number }.
paid-sms-amount = { $shop }: obrigado! Recebemos o pagamento de { $amount } do seu pedido { $number }.
paid-push-title = Pagamento recebido
paid-push-body = Obrigado! Estamos preparando seu pedido { $number }.
paid-push-body-amount = Obrigado pelo pagamento de { $amount }! Estamos preparando seu pedido { $number }.
# A part of the order is paid.
paid-intro-due = Obrigado! Recebemos seu pagamento de { $amount }. Ainda falta pagar: { $due }.
# There was nothing to pay.
paid-subject-free = Seu pedido { $number } está confirmado
paid-preheader-free = Não há nada a pagar. Estamos preparando seu pedido.
paid-heading-free = Seu pedido está confirmado
paid-intro-free = Não há nada a pagar, e já estamos preparando o pedido.
paid-sms-free = { $shop }: seu pedido { $number } foi confirmado. Nada a pagar!
paid-push-title-free = Pedido confirmado
paid-push-body-free = Não há nada a pagar pelo pedido { $number }. Já estamos preparando tudo.


## order.shipped; "part" where only a part of the order is in the parcel

shipped-subject = Seu pedido { $number } está a caminho
shipped-subject-part = Parte do seu pedido { $number } está a caminho
shipped-preheader = Veja o que vem no pacote.
shipped-preheader-arrives = Previsão de entrega: { $date }
shipped-heading = Seu pedido está a caminho
shipped-heading-part = Parte do seu pedido está a caminho
shipped-intro = Boa notícia: enviamos seu pedido.
shipped-intro-carrier = Boa notícia: seu pedido já está com a transportadora { $carrier }.
shipped-intro-part = Boa notícia: enviamos parte do seu pedido. O restante segue separadamente.
shipped-intro-part-carrier = Boa notícia: um pacote com parte do seu pedido já está com a transportadora { $carrier }. O restante segue separadamente.
shipped-sms = { $shop }: enviamos seu pedido { $number }.
shipped-sms-part = { $shop }: enviamos parte do seu pedido { $number }.
shipped-sms-arrives = Entrega prevista: { $date }.
shipped-push-title = Seu pedido está a caminho
shipped-push-title-part = Parte do seu pedido está a caminho
shipped-push-body = Enviamos um pacote do seu pedido { $number }.
shipped-push-body-carrier = Um pacote do seu pedido { $number } já está com a transportadora { $carrier }.
shipped-push-body-arrives = Pedido { $number }, previsão de entrega: { $date }.


## order.shipment_updated

tracking-subject = Novidades sobre a entrega do seu pedido { $number }
tracking-preheader = Veja como acompanhar seu pacote.
tracking-preheader-arrives = Previsão de entrega: { $date }
tracking-heading = Novidades sobre seu pacote
tracking-intro = Temos novas informações sobre a entrega do seu pedido. Veja o que sabemos até agora.
tracking-sms = { $shop }: novidades sobre a entrega do seu pedido { $number }.
tracking-push-title = Novidades sobre seu pacote
tracking-push-body = Temos novas informações sobre a entrega do pedido { $number }.
tracking-push-body-arrives = Pedido { $number }, previsão de entrega: { $date }.


## order.out_for_delivery

out-subject = O pacote do seu pedido { $number } chega hoje
out-preheader = Seu pacote saiu para entrega.
out-heading = Seu pacote chega hoje
out-intro = Seu pacote saiu para entrega e deve chegar hoje.
out-intro-carrier = Seu pacote saiu para entrega com a transportadora { $carrier } e deve chegar hoje.
out-sms = { $shop }: o pacote do seu pedido { $number } deve chegar hoje.
out-push-title = Seu pacote chega hoje
out-push-body = O pacote do seu pedido { $number } saiu para entrega.
out-push-body-carrier = O pacote do seu pedido { $number } chega hoje pela transportadora { $carrier }.


## order.delivered

delivered-subject = O pacote do seu pedido { $number } foi entregue
delivered-preheader = Esperamos que você goste.
delivered-preheader-location = Onde encontrar: { $location }
delivered-heading = Seu pacote foi entregue
delivered-intro = Seu pacote chegou. Esperamos que você goste!
delivered-sms = { $shop }: o pacote do seu pedido { $number } foi entregue.
delivered-sms-location = Onde encontrar: { $location }.
delivered-push-title = Pacote entregue
delivered-push-body = O pacote do seu pedido { $number } foi entregue.
delivered-push-body-location = Pedido { $number }, onde encontrar: { $location }


## order.ready_for_pickup; $name is the shop or point where it waits

pickup-subject = Seu pedido { $number } está pronto para retirada
pickup-preheader = Veja onde retirar.
pickup-preheader-until = Retire até: { $date }
pickup-heading = Pronto para retirada
pickup-intro = Seu pedido está pronto, esperando por você.
pickup-intro-name = Seu pedido está pronto, esperando por você. Local de retirada: { $name }.
pickup-sms = { $shop }: seu pedido { $number } pode ser retirado.
pickup-sms-name = { $shop }: seu pedido { $number } pode ser retirado. Local: { $name }.
pickup-sms-until = Retire até: { $date }.
pickup-sms-code = Codigo de retirada: { $code }.
pickup-push-title = Pronto para retirada
pickup-push-body = Seu pedido { $number } está esperando por você.
pickup-push-body-name = Seu pedido { $number } está esperando por você. Local: { $name }
pickup-push-body-until = Seu pedido { $number } está esperando por você. Retire até: { $date }


## order.edited

edited-subject = Seu pedido { $number } foi alterado
edited-preheader = Veja como ele ficou.
edited-preheader-total = Novo total: { $total }
edited-heading = Seu pedido foi alterado
edited-intro = Fizemos alterações no seu pedido. Veja como ele ficou.
edited-sms = { $shop }: seu pedido { $number } foi alterado.
edited-sms-total = { $shop }: seu pedido { $number } foi alterado. Novo total: { $total }.
edited-push-title = Seu pedido foi alterado
edited-push-body = Veja como ficou seu pedido { $number }.
edited-push-body-total = Pedido { $number }, novo total: { $total }.


## order.cancelled; "part" where only a part of the order is

cancelled-subject = Seu pedido { $number } foi cancelado
cancelled-subject-part = Parte do seu pedido { $number } foi cancelada
cancelled-preheader = Veja o que acontece agora.
cancelled-preheader-refund = Você receberá { $amount } de volta.
cancelled-heading = Seu pedido foi cancelado
cancelled-heading-part = Parte do seu pedido foi cancelada
# What happens to the money, after "has been cancelled".
cancelled-intro = Se você já pagou, receberá o valor de volta.
cancelled-intro-refund = Você receberá { $amount } de volta.
cancelled-intro-refund-to = Você receberá { $amount } de volta. Forma de reembolso: { $to }.
cancelled-sms = { $shop }: seu pedido { $number } foi cancelado.
cancelled-sms-part = { $shop }: parte do seu pedido { $number } foi cancelada.
cancelled-sms-refund = Vamos devolver { $amount }.
cancelled-push-title = Pedido cancelado
cancelled-push-title-part = Parte do seu pedido foi cancelada
cancelled-push-body = Seu pedido { $number } foi cancelado.
cancelled-push-body-part = Parte do seu pedido { $number } foi cancelada.
cancelled-push-body-refund = Pedido { $number }: você receberá { $amount } de volta.


## order.refunded: the money is on its way back

refunded-subject = O reembolso do seu pedido { $number } está a caminho
refunded-preheader = Pode levar alguns dias até o valor aparecer na sua conta.
refunded-preheader-amount = Valor do reembolso: { $amount }
refunded-heading = Seu reembolso está a caminho
refunded-intro = Enviamos seu reembolso. Pode levar alguns dias até o valor aparecer na sua conta.
refunded-intro-amount = Enviamos seu reembolso de { $amount }. Pode levar alguns dias até o valor aparecer na sua conta.
refunded-intro-amount-to = Enviamos seu reembolso de { $amount }. Forma de reembolso: { $to }. Pode levar alguns dias até o valor aparecer na sua conta.
refunded-sms = { $shop }: enviamos o reembolso do seu pedido { $number }.
refunded-sms-amount = { $shop }: enviamos o reembolso de { $amount } do seu pedido { $number }.
refunded-push-title = Seu reembolso está a caminho
refunded-push-body = O reembolso do seu pedido { $number } está a caminho.
refunded-push-body-amount = O reembolso de { $amount } do seu pedido { $number } está a caminho.


## order.payment_failed

failed-subject = O pagamento do seu pedido { $number } não foi concluído
failed-preheader = Tente novamente para que possamos enviar seu pedido.
failed-heading = Seu pagamento não foi concluído
failed-intro = Não foi possível concluir o pagamento do seu pedido. Tente novamente ou escolha outra forma de pagamento para que possamos enviá-lo.
failed-intro-amount = Não foi possível concluir o pagamento de { $amount } do seu pedido. Tente novamente ou escolha outra forma de pagamento para que possamos enviá-lo.
failed-sms = { $shop }: o pagamento do seu pedido { $number } falhou. Tente novamente.
failed-push-title = Seu pagamento não foi concluído
failed-push-body = Tente novamente para que possamos enviar seu pedido { $number }.
failed-push-body-amount = Pedido { $number } ({ $amount }): tente novamente para que possamos enviá-lo.


## order.refund_requested

refund-subject = Recebemos sua solicitação de reembolso do pedido { $number }
refund-preheader = Vamos analisar e responder em breve.
refund-heading = Recebemos sua solicitação de reembolso
refund-intro = Obrigado por nos avisar. Vamos analisar sua solicitação e responder o mais rápido possível.
refund-intro-amount = Obrigado por nos avisar. Vamos analisar sua solicitação de reembolso no valor de { $amount } e responder o mais rápido possível.
refund-sms = { $shop }: recebemos seu pedido de reembolso da compra { $number }. Responderemos em breve.
refund-sms-amount = { $shop }: recebemos seu pedido de reembolso de { $amount } da compra { $number }. Responderemos em breve.
refund-push-title = Solicitação de reembolso recebida
refund-push-body = Pedido { $number }: vamos analisar sua solicitação e responder em breve.
refund-push-body-amount = Pedido { $number }, reembolso solicitado: { $amount }. Vamos analisar e responder em breve.


## order.completed

completed-subject = O que você achou do seu pedido { $number }?
completed-preheader = Sua opinião ajuda outras pessoas a escolher.
completed-heading = O que você achou do seu pedido?
completed-intro = Esperamos que você tenha gostado do seu pedido. Que tal contar o que achou? Sua opinião ajuda outras pessoas a escolher e nos ajuda a melhorar.
completed-sms = { $shop }: gostou do seu pedido { $number }? Conte para a gente o que achou: { $link }
completed-sms-linkless = { $shop }: gostou do seu pedido { $number }? Conte para a gente o que achou.
completed-push-title = O que você achou do seu pedido?
completed-push-body = Sua opinião sobre o pedido { $number } ajuda outras pessoas a escolher.
completed-push-body-item = Sua opinião sobre “{ $item }” ajuda outras pessoas a escolher.
