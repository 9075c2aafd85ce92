items-more = { PLURAL($count) ->
    [one] Noch { $count } Artikel
   *[other] Noch { $count } Artikel
}
