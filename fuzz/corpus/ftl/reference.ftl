paid-subject = { paid-heading }: { $number }
