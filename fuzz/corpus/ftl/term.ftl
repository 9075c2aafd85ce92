-shop = Laden
paid-heading = Ihr { -shop } dankt
