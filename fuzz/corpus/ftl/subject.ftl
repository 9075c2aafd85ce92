paid-subject = Danke! Bestellung { $number } ist bezahlt
