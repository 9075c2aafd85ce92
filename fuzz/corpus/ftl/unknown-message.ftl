paid-subjekt = Danke { $number }
