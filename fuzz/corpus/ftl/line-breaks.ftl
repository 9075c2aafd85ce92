paid-heading = Bezahlt
paid-preheader = Danke
