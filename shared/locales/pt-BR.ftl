# Brazilian Portuguese. Names of shops and carriers stand without an article,
# as their gender is unknown.


## In every message

fact = { $label }: { $value }
greeting = Olá, { $name }!
greeting-nameless = Olá!
footer-reason = Você recebeu este e-mail porque fez um pedido em { $shop }.
footer-support = Dúvidas? Será um prazer ajudar: { $contact }
# In place of footer-reason, in messages that customers can do without.
unsubscribe-reason = Você recebeu este e-mail porque fez uma compra em { $shop }.
unsubscribe = Não receber mais mensagens como esta
# In place of every push message, where the shop wants no details on locked screens.
push-private-title = Novidades sobre seu pedido
push-private-body = Abra para ver mais.


## Facts

label-number = Número do pedido
label-placed-on = Data do pedido
label-amount-paid = Valor pago
label-payment-method = Forma de pagamento
label-paid-on = Data do pagamento
label-carrier = Transportadora
label-tracking-number = Código de rastreio
label-arrives-on = Previsão de entrega
label-amount-requested = Valor do reembolso
label-requested-on = Data da solicitação
label-reason = Motivo


## Items, sums, address

items-ordered = Seu pedido
items-shipped = Neste pacote
items-rest = Não incluídos neste pacote
items-rest-note = Os itens que ainda não chegaram serão entregues separadamente.
items-refund = Itens da solicitação
items-review = Seus itens
# The lines of a long order that are not shown.
items-more = { PLURAL($count) ->
    [one] e mais um item
   *[other] e mais { $count } itens
}
quantity = Quantidade: { $quantity }
quantity-of = Quantidade: { $quantity } de { $ordered }
quantity-price = { $quantity } × { $price }
total-subtotal = Subtotal
total-discount = Desconto
total-shipping = Frete
total-shipping-free = Grátis
total-tax = Impostos
total-tax-included = Impostos inclusos
total-total = Total
address = Endereço de entrega


## Links

action-order = Ver meu pedido
action-track = Rastrear meu pacote
action-review = Escrever uma avaliação
sms-link-order = Detalhes: { $link }
sms-link-track = Rastreie: { $link }


## order.created

created-subject = Recebemos seu pedido { $number }
created-preheader = Obrigado! Avisaremos assim que ele estiver a caminho.
created-heading = Obrigado pelo seu pedido
created-intro = Recebemos seu pedido e avisaremos assim que ele estiver a caminho.
# Text messages do without the letters that would make them twice as long: á, ã, ç, ê, ó…
created-sms = { $shop }: obrigado! Recebemos seu pedido { $number } no valor de { $total }.
created-push-title = Recebemos seu pedido
created-push-body = Pedido { $number } ({ $total }). Avisaremos assim que ele estiver a caminho.


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


## order.refund_requested

refund-subject = Recebemos sua solicitação de reembolso do pedido { $number }
refund-preheader = Vamos analisar e dar um retorno a você.
refund-heading = Recebemos sua solicitação de reembolso
refund-intro = Obrigado por nos avisar. Vamos analisar sua solicitação e responder o mais rápido possível.
refund-intro-amount = Obrigado por nos avisar. Vamos analisar sua solicitação de reembolso de { $amount } e responder o mais rápido possível.
refund-sms = { $shop }: recebemos seu pedido de reembolso da compra { $number }. Responderemos em breve.
refund-sms-amount = { $shop }: recebemos seu pedido de reembolso de { $amount } da compra { $number }. Responderemos em breve.
refund-push-title = Solicitação de reembolso recebida
refund-push-body = Pedido { $number }: vamos analisar sua solicitação e dar um retorno.
refund-push-body-amount = Pedido { $number } ({ $amount }): vamos analisar sua solicitação e dar um retorno.


## order.completed

completed-subject = O que você achou do seu pedido { $number }?
completed-preheader = Algumas palavras suas ajudam outras pessoas a escolher.
completed-heading = O que você achou do seu pedido?
completed-intro = Esperamos que você esteja gostando do seu pedido. Que tal contar o que achou? Sua opinião ajuda outras pessoas a escolher e nos ajuda a melhorar.
completed-sms = { $shop }: gostou do seu pedido { $number }? Conte para a gente o que achou: { $link }
completed-sms-linkless = { $shop }: gostou do seu pedido { $number }? Conte para a gente o que achou.
completed-push-title = O que você achou do seu pedido?
completed-push-body = Algumas palavras sobre seu pedido { $number } ajudam outras pessoas a escolher.
completed-push-body-item = Algumas palavras sobre “{ $item }” ajudam outras pessoas a escolher.
