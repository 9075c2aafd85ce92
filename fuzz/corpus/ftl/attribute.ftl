paid-heading = Bezahlt
    .title = Titel
