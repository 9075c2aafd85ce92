# Ein Kommentar
paid-intro =
    danke, Ihre Zahlung
    ist da.

paid-heading = Bezahlt
